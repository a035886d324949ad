-- Lets a ticket that waits have changed players; it keeps its place. The reader of arrivals takes it in anew.
--
-- KEYS[1]  the ticket
-- KEYS[2]  arrivals
-- KEYS[3]  seq
-- ARGV[1]  ticketId
-- ARGV[2]  its players as they were read, JSON
-- ARGV[3]  its players as they shall be, JSON
-- ARGV[4]  the ticket as JSON, for the reader of arrivals
--
-- Answers 1 when changed, 0 when it does not wait (any more), -1 when it was changed meanwhile.
local ticket = redis.call('HMGET', KEYS[1], 'state', 'players')
if ticket[1] ~= 'WAITING' then
  return 0
end
if ticket[2] ~= ARGV[2] then
  return -1
end
redis.call('HSET', KEYS[1], 'players', ARGV[3])
local seq = redis.call('INCR', KEYS[3])
redis.call('XADD', KEYS[2], 'MAXLEN', '~', 100000, seq .. '-0', 'event', 'queued', 'ticketId', ARGV[1], 'ticket', ARGV[4])
return 1
