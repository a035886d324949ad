-- Takes the players whose grace has ended, so that one replica looks after each. What is lost with that replica, the next
-- census finds again.
--
-- KEYS[1]  players without a socket
-- ARGV[1]  now, ms
-- ARGV[2]  how many at most
--
-- Answers their ids, as they were noted.
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, id in ipairs(due) do
  redis.call('ZREM', KEYS[1], id)
end
return due
