-- Ends a ticket that waits. Whoever comes second, this or the commit of a match, finds that it does not wait any more.
-- Said twice, it cancels once.
--
-- KEYS[1]  the ticket
-- KEYS[2]  queue
-- KEYS[3]  arrivals
-- KEYS[4]  seq
-- ARGV[1]  ticketId
-- ARGV[2]  playerId that the ticket must be of
-- ARGV[3]  endedAt, ISO
-- ARGV[4]  how long it can still be looked up, ms
-- ARGV[5]  reason; '' if one of its players asked for it
--
-- Answers 1 when cancelled now, 0 when it had ended before, -1 when there is no such ticket of this player.
local found = redis.call('HMGET', KEYS[1], 'ticket', 'state')
if not found[1] or cjson.decode(found[1]).players[1].playerId ~= ARGV[2] then
  return -1
end
if found[2] ~= 'WAITING' then
  return 0
end
redis.call('HSET', KEYS[1], 'state', 'CANCELLED', 'endedAt', ARGV[3])
if ARGV[5] ~= '' then
  redis.call('HSET', KEYS[1], 'reason', ARGV[5])
end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('ZREM', KEYS[2], ARGV[1])
local seq = redis.call('INCR', KEYS[4])
redis.call('XADD', KEYS[3], 'MAXLEN', '~', 100000, seq .. '-0', 'event', 'left', 'ticketId', ARGV[1])
return 1
