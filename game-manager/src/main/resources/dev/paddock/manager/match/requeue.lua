-- No server could be had: FORMED -> CANCELLED, and the tickets wait again, as long as they did before.
-- isMatchedIn and waitAgain are those of ticket/returning.part.lua.
-- KEYS[1] hash of the match
-- KEYS[2] sorted set of live matches
-- KEYS[3] stream of formed matches
-- KEYS[4] the mode's queue
-- KEYS[5] stream of arrivals
-- KEYS[6] the number of the last arrival
-- KEYS[7..] hashes of the match's tickets
-- ARGV[1] match id
-- ARGV[2] consumer group
-- ARGV[3] now, ISO instant
-- ARGV[4] reason
-- ARGV[5] how long the match is still known, ms
-- ARGV[6] when to look whether the players were told, epoch ms
-- ARGV[7..] in the order of the tickets, two each: ticket id, when it was created in epoch ms
-- Answers {outcome, ids of the tickets that wait again...}; outcome is NOW, AGAIN (it was cancelled before) or OTHER.
local match = redis.call('HMGET', KEYS[1], 'state', 'entry')
local state, entry = match[1], match[2]
local answer, dissolved = {'OTHER'}, {}
if state == 'FORMED' then
  answer[1] = 'NOW'
elseif state == 'CANCELLED' then
  answer[1] = 'AGAIN'
end
if answer[1] ~= 'NOW' then
  return answer
end
if entry and entry ~= '' then
  redis.call('XACK', KEYS[3], ARGV[2], entry)
  redis.call('XDEL', KEYS[3], entry)
end
local mode = {queue = KEYS[4], arrivals = KEYS[5], seq = KEYS[6]}
for i = 7, #KEYS do
  local at = 7 + (i - 7) * 2
  local id, created = ARGV[at], ARGV[at + 1]
  if isMatchedIn(KEYS[i], ARGV[1]) then
    waitAgain(mode, KEYS[i], id, created)
    answer[#answer + 1] = id
    dissolved[#dissolved + 1] = 'W' .. id
  end
end
redis.call('HSET', KEYS[1], 'state', 'CANCELLED', 'reason', ARGV[4], 'endedAt', ARGV[3],
  'dissolved', table.concat(dissolved, ' '))
redis.call('PEXPIRE', KEYS[1], ARGV[5])
-- Stays among the live ones until the players were told.
redis.call('ZADD', KEYS[2], ARGV[6], ARGV[1])
return answer
