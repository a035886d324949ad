-- A player joins a party, or a member says anew how he can play. Said again, the player has joined once.
--
-- KEYS[1]  the party
-- KEYS[2]  which party the player is in
-- ARGV[1]  code
-- ARGV[2]  playerId
-- ARGV[3]  the member, JSON
-- ARGV[4]  how many members it may have
-- ARGV[5]  how long the party lives without a change, ms
-- ARGV[6]  how long a party lives at most, ms
-- ARGV[7]  the code of a party that the player was found not to be in any more; '' for none
-- ARGV[8]  'join', or 'change' for members only
--
-- Answers {'DONE' or, when nothing changed, 'SAME', then the party's fields: name, value, ...}, {'NONE'} when there is no
-- such party (for this player), {'IN', the code of the party that the player is in}, {'FULL'}.
local ends = redis.call('HGET', KEYS[1], 'ends')
if not ends then
  return {'NONE'}
end
local before = redis.call('HGET', KEYS[1], 'member:' .. ARGV[2])
if not before then
  if ARGV[8] ~= 'join' then
    return {'NONE'}
  end
  local held = redis.call('GET', KEYS[2])
  if held and held ~= ARGV[1] and held ~= ARGV[7] then
    return {'IN', held}
  end
  local members = 0
  for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
    if string.sub(field, 1, 7) == 'member:' then
      members = members + 1
    end
  end
  if members >= tonumber(ARGV[4]) then
    return {'FULL'}
  end
end
if before == ARGV[3] then
  return {'SAME', unpack(redis.call('HGETALL', KEYS[1]))}
end
local version = redis.call('HINCRBY', KEYS[1], 'version', 1)
redis.call('HSET', KEYS[1], 'member:' .. ARGV[2], ARGV[3])
if not before then
  redis.call('HSET', KEYS[1], 'joined:' .. ARGV[2], version)
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[6] + 1000)
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('PEXPIRE', KEYS[1], string.format('%d', math.max(1, math.min(tonumber(ARGV[5]), ends - now))))
return {'DONE', unpack(redis.call('HGETALL', KEYS[1]))}
