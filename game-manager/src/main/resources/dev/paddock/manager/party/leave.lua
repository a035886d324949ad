-- A member leaves, or is taken out by the leader. The leader's role passes to who has been a member longest; the last one
-- takes the party along.
--
-- KEYS[1]  the party
-- KEYS[2]  which party the player is in
-- ARGV[1]  code
-- ARGV[2]  playerId
-- ARGV[3]  who asks: the player, or another one, who must lead the party
--
-- Answers {'DONE', then the fields of what is left: name, value, ...}, {'NONE'} when the player is not in it; and
-- when another one asks who does not lead it, {'FORBIDDEN'} to a member and {'UNKNOWN'} to anybody else.
if ARGV[3] ~= ARGV[2] and redis.call('HGET', KEYS[1], 'leader') ~= ARGV[3] then
  return {redis.call('HEXISTS', KEYS[1], 'member:' .. ARGV[3]) == 1 and 'FORBIDDEN' or 'UNKNOWN'}
end
if redis.call('GET', KEYS[2]) == ARGV[1] then
  redis.call('DEL', KEYS[2])
end
if redis.call('HDEL', KEYS[1], 'member:' .. ARGV[2]) == 0 then
  return {'NONE'}
end
redis.call('HDEL', KEYS[1], 'joined:' .. ARGV[2])
redis.call('HINCRBY', KEYS[1], 'version', 1)
local fields = redis.call('HGETALL', KEYS[1])
local leader, longest = nil, nil
for i = 1, #fields, 2 do
  if string.sub(fields[i], 1, 7) == 'joined:' then
    local joined = tonumber(fields[i + 1])
    if not longest or joined < longest then
      leader, longest = string.sub(fields[i], 8), joined
    end
  end
end
if not leader then
  redis.call('DEL', KEYS[1])
  return {'DONE'}
end
if redis.call('HGET', KEYS[1], 'leader') == ARGV[2] then
  redis.call('HSET', KEYS[1], 'leader', leader)
end
return {'DONE', unpack(redis.call('HGETALL', KEYS[1]))}
