-- Takes the matches that are due for a look, so that no other replica looks at them at the same time.
-- KEYS[1] sorted set of live matches
-- ARGV[1] now, epoch ms
-- ARGV[2] when they are due again if nobody says otherwise, epoch ms
-- ARGV[3] how many at most
-- Answers their ids.
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, id in ipairs(due) do
  redis.call('ZADD', KEYS[1], 'XX', ARGV[2], id)
end
return due
