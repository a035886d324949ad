-- A player accepts a match that was found. The last one to do so forms it: PROPOSED -> FORMED, stop "formed". Said twice,
-- the player has accepted once.
-- KEYS[1] hash of the match
-- KEYS[2] sorted set of live matches
-- KEYS[3] stream of formed matches
-- ARGV[1] match id
-- ARGV[2] player id
-- ARGV[3] now, ISO instant
-- ARGV[4] how many players must accept
-- ARGV[5] FormedMatch in JSON, formed now
-- ARGV[6] when to look at it next once it is formed, epoch ms
-- Answers {outcome, how many have accepted}; outcome is
--   ACCEPTED  this player, now or before
--   FORMED    now, by this player
--   LATE      time is up
--   OTHER     it is not being asked about (any more)
local match = redis.call('HMGET', KEYS[1], 'state', 'acceptBy', 'accepts')
if match[1] ~= 'PROPOSED' then
  return {'OTHER', tonumber(match[3] or '0')}
end
local time = redis.call('TIME')
if time[1] * 1000 + math.floor(time[2] / 1000) >= tonumber(match[2]) then
  return {'LATE', tonumber(match[3] or '0')}
end
if redis.call('HSETNX', KEYS[1], 'accepted.' .. ARGV[2], ARGV[3]) == 0 then
  return {'ACCEPTED', tonumber(match[3] or '0')}
end
local accepts = redis.call('HINCRBY', KEYS[1], 'accepts', 1)
if accepts < tonumber(ARGV[4]) then
  return {'ACCEPTED', accepts}
end
local entry = redis.call('XADD', KEYS[3], '*', 'matchId', ARGV[1], 'formed', ARGV[5])
redis.call('HSET', KEYS[1], 'state', 'FORMED', 'formed', ARGV[5], 'entry', entry, 'at.formed', ARGV[3])
redis.call('ZADD', KEYS[2], ARGV[6], ARGV[1])
return {'FORMED', accepts}
