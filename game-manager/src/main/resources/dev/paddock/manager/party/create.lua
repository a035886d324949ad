-- Makes a party of one. Said again with the same code by the same player, it is made once.
--
-- KEYS[1]  the party
-- KEYS[2]  which party the player is in
-- ARGV[1]  code
-- ARGV[2]  playerId
-- ARGV[3]  the member, JSON
-- ARGV[4]  mode, '' for none
-- ARGV[5]  how long the party lives without a change, ms
-- ARGV[6]  how long it lives at most, ms
-- ARGV[7]  the code of a party that the player was found not to be in any more; '' for none
--
-- Answers {'DONE', then the party's fields: name, value, ...}, {'IN', the code of the player's party}, or {'USED'} when
-- another party has this code.
local held = redis.call('GET', KEYS[2])
if held and held ~= ARGV[1] and held ~= ARGV[7] then
  return {'IN', held}
end
if redis.call('EXISTS', KEYS[1]) == 1 then
  if held == ARGV[1] then
    return {'DONE', unpack(redis.call('HGETALL', KEYS[1]))}
  end
  return {'USED'}
end
local time = redis.call('TIME')
local ends = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[6]
redis.call('HSET', KEYS[1], 'code', ARGV[1], 'leader', ARGV[2], 'version', 1, 'ends', string.format('%d', ends),
  'joined:' .. ARGV[2], 1, 'member:' .. ARGV[2], ARGV[3])
if ARGV[4] ~= '' then
  redis.call('HSET', KEYS[1], 'mode', ARGV[4])
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
-- Outlives the party: while it is there, the party can be too.
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[6] + 1000)
return {'DONE', unpack(redis.call('HGETALL', KEYS[1]))}
