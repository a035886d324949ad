-- Lets a ticket wait: stop "queued". The player's claim was taken before; a caller that was held up for longer than a
-- claim protects it is refused, because somebody else may have the claim by now.
--
-- KEYS[1]  the ticket
-- KEYS[2]  queue
-- KEYS[3]  arrivals
-- KEYS[4]  seq
-- ARGV[1]  when the claim was taken, ms
-- ARGV[2]  how long after it a ticket may still be queued, ms
-- ARGV[3]  ticketId
-- ARGV[4]  createdAt, ms
-- ARGV[5]  the ticket as JSON, for the reader of arrivals
-- ARGV[6...]  the ticket's fields: name, value, name, value
--
-- Answers 1 when queued, 0 when there is such a ticket already (whatever became of it), -1 when too late.
if redis.call('EXISTS', KEYS[1]) == 1 then
  return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if now - tonumber(ARGV[1]) > tonumber(ARGV[2]) then
  return -1
end
redis.call('HSET', KEYS[1], unpack(ARGV, 6))
redis.call('ZADD', KEYS[2], ARGV[4], ARGV[3])
local seq = redis.call('INCR', KEYS[4])
redis.call('XADD', KEYS[3], 'MAXLEN', '~', 100000, seq .. '-0', 'event', 'queued', 'ticketId', ARGV[3], 'ticket', ARGV[5])
return 1
