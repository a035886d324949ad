-- Lets a ticket have changed players. One that waits keeps its place, and the reader of arrivals takes it in anew; one that is
-- matched has them should it wait again.
--
-- KEYS[1]  the ticket
-- KEYS[2]  arrivals
-- KEYS[3]  seq
-- ARGV[1]  ticketId
-- ARGV[2]  the ticket as it was read, JSON
-- ARGV[3]  the ticket as it shall be, JSON
--
-- Answers 1 when changed, 0 when it is over, -1 when it was changed meanwhile.
local found = redis.call('HMGET', KEYS[1], 'state', 'ticket', 'returned')
if found[1] ~= 'WAITING' and found[1] ~= 'MATCHED' then
  return 0
end
if found[2] ~= ARGV[2] then
  return -1
end
redis.call('HSET', KEYS[1], 'ticket', ARGV[3])
if found[1] == 'WAITING' then
  local seq = redis.call('INCR', KEYS[3])
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', 100000, seq .. '-0', 'event', 'queued', 'ticketId', ARGV[1], 'ticket', ARGV[3],
    'returned', found[3] or 'false')
end
return 1
