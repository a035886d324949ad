-- Says when a match is due for its next look.
-- KEYS[1] sorted set of live matches
-- KEYS[2] hash of the match
-- ARGV[1] match id
-- ARGV[2] epoch ms
local state = redis.call('HGET', KEYS[2], 'state')
if state == 'PROPOSED' or state == 'FORMED' or state == 'READY' then
  return redis.call('ZADD', KEYS[1], 'XX', ARGV[2], ARGV[1])
end
-- Over, or gone from memory: there is nothing to look at.
return redis.call('ZREM', KEYS[1], ARGV[1])
