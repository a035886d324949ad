-- The server did not agree: those who were under way to a seat wait again, as long as they did before.
-- KEYS[1] hash of the match
-- KEYS[2] the mode's queue
-- KEYS[3] stream of arrivals
-- KEYS[4] the number of the last arrival
-- KEYS[5] stream of formed matches
-- KEYS[6..] hashes of their tickets
-- ARGV[1] match id
-- ARGV[2] what is under way, as it was read
-- ARGV[3] the next roster, if the server may have agreed after all and must hear that they do not come; else ''
-- ARGV[4..] in the order of the tickets, three each: ticket id, when it was created in epoch ms, the waiting Ticket in JSON
-- Answers NOW, AGAIN (they wait already), or OTHER.
local match = redis.call('HMGET', KEYS[1], 'state', 'seating', 'unseated')
if match[3] == ARGV[2] then
  return 'AGAIN'
end
if match[1] ~= 'READY' or match[2] ~= ARGV[2] then
  return 'OTHER'
end
for i = 6, #KEYS do
  local at = 4 + (i - 6) * 3
  local id, created, json = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  local ticket = redis.call('HMGET', KEYS[i], 'state', 'matchId')
  if ticket[1] == 'MATCHED' and ticket[2] == ARGV[1] then
    redis.call('HSET', KEYS[i], 'state', 'WAITING', 'returned', 'true')
    redis.call('HDEL', KEYS[i], 'matchId', 'endedAt')
    redis.call('PERSIST', KEYS[i])
    redis.call('ZADD', KEYS[2], created, id)
    local seq = redis.call('INCR', KEYS[4])
    redis.call('XADD', KEYS[3], 'MAXLEN', '~', '100000', seq .. '-0', 'event', 'queued', 'ticketId', id, 'ticket', json)
  end
end
redis.call('HSET', KEYS[1], 'unseated', ARGV[2])
redis.call('HDEL', KEYS[1], 'seating')
if ARGV[3] ~= '' then
  redis.call('HSET', KEYS[1], 'roster', ARGV[3])
  redis.call('XADD', KEYS[5], '*', 'matchId', ARGV[1], 'roster', ARGV[3])
end
return 'NOW'
