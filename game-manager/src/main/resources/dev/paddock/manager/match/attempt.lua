-- The server of one attempt is given up for that of the next: one replica alone gets to say so.
-- KEYS[1] hash of the match
-- KEYS[2] sorted set of live matches
-- ARGV[1] match id
-- ARGV[2] attempt so far
-- ARGV[3] attempt from now on
-- ARGV[4] now, ISO instant
-- ARGV[5] when to look at the match again, epoch ms
-- Answers 1 if so, 0 if the match has moved on.
local match = redis.call('HMGET', KEYS[1], 'state', 'attempt')
if match[1] ~= 'FORMED' or (match[2] or '1') ~= ARGV[2] then
  return 0
end
redis.call('HSET', KEYS[1], 'attempt', ARGV[3], 'attemptAt', ARGV[4])
redis.call('HDEL', KEYS[1], 'assignedTo', 'standby')
redis.call('ZADD', KEYS[2], ARGV[5], ARGV[1])
return 1
