-- The server did not agree: those who were under way to a seat wait again, as long as they did before.
-- isMatchedIn and waitAgain are those of ticket/returning.part.lua.
-- KEYS[1] hash of the match
-- KEYS[2] the mode's queue
-- KEYS[3] stream of arrivals
-- KEYS[4] the number of the last arrival
-- KEYS[5] stream of formed matches
-- KEYS[6..] hashes of their tickets
-- ARGV[1] match id
-- ARGV[2] what is under way, as it was read
-- ARGV[3] the next roster, if the server may have agreed after all and must hear that they do not come; else ''
-- ARGV[4..] in the order of the tickets, two each: ticket id, when it was created in epoch ms
-- Answers NOW, AGAIN (they wait already), or OTHER.
local match = redis.call('HMGET', KEYS[1], 'state', 'seating', 'unseated')
if match[3] == ARGV[2] then
  return 'AGAIN'
end
if match[1] ~= 'READY' or match[2] ~= ARGV[2] then
  return 'OTHER'
end
local mode = {queue = KEYS[2], arrivals = KEYS[3], seq = KEYS[4]}
for i = 6, #KEYS do
  local at = 4 + (i - 6) * 2
  local id, created = ARGV[at], ARGV[at + 1]
  if isMatchedIn(KEYS[i], ARGV[1]) then
    waitAgain(mode, KEYS[i], id, created)
  end
end
redis.call('HSET', KEYS[1], 'unseated', ARGV[2])
redis.call('HDEL', KEYS[1], 'seating')
if ARGV[3] ~= '' then
  redis.call('HSET', KEYS[1], 'roster', ARGV[3])
  redis.call('XADD', KEYS[5], '*', 'matchId', ARGV[1], 'roster', ARGV[3])
end
return 'NOW'
