-- A match that was found will not be played: PROPOSED -> CANCELLED, once. Who declined leaves the queue, and once time is up
-- so does who did not accept; each together with the party. The other tickets wait again, as long as they did before.
-- isMatchedIn and waitAgain are those of ticket/returning.part.lua.
-- KEYS[1] hash of the match
-- KEYS[2] sorted set of live matches
-- KEYS[3] the mode's queue
-- KEYS[4] stream of arrivals
-- KEYS[5] the number of the last arrival
-- KEYS[6..] hashes of the match's tickets
-- ARGV[1] match id
-- ARGV[2] now, ISO instant
-- ARGV[3] how long the match is still known, ms
-- ARGV[4] how long a ticket that has ended is still known, ms
-- ARGV[5] id of the player who declined; '' for none
-- ARGV[6] when to look whether the players were told, epoch ms
-- ARGV[7..] in the order of the tickets: ticket id, when it was created in epoch ms, how many players, their ids
-- Answers {outcome, reason, then for each ticket 'W' (it waits again) or 'C' (cancelled) and its id}; outcome is NOW, EARLY
-- (nobody declined and time is not up) or OTHER (it is not being asked about any more); reason is not-accepted once time is
-- up, else declined.
local match = redis.call('HMGET', KEYS[1], 'state', 'acceptBy')
if match[1] ~= 'PROPOSED' then
  return {'OTHER', ''}
end
local time = redis.call('TIME')
local late = time[1] * 1000 + math.floor(time[2] / 1000) >= tonumber(match[2])
if not late and ARGV[5] == '' then
  return {'EARLY', ''}
end
local reason = late and 'not-accepted' or 'declined'
local answer = {'NOW', reason}
local at = 7
local mode = {queue = KEYS[3], arrivals = KEYS[4], seq = KEYS[5]}
for i = 6, #KEYS do
  local id, created, players = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2])
  local stays = true
  for p = 1, players do
    local player = ARGV[at + 2 + p]
    local willing = not late or redis.call('HEXISTS', KEYS[1], 'accepted.' .. player) == 1
    stays = stays and willing and player ~= ARGV[5]
  end
  if isMatchedIn(KEYS[i], ARGV[1]) then
    if stays then
      waitAgain(mode, KEYS[i], id, created)
      answer[#answer + 1] = 'W' .. id
    else
      redis.call('HSET', KEYS[i], 'state', 'CANCELLED', 'reason', reason, 'endedAt', ARGV[2])
      redis.call('HDEL', KEYS[i], 'matchId')
      redis.call('PEXPIRE', KEYS[i], ARGV[4])
      answer[#answer + 1] = 'C' .. id
    end
  end
  at = at + 3 + players
end
redis.call('HSET', KEYS[1], 'state', 'CANCELLED', 'reason', reason, 'endedAt', ARGV[2],
  'dissolved', table.concat(answer, ' ', 3))
redis.call('PEXPIRE', KEYS[1], ARGV[3])
-- Stays among the live ones until the players were told.
redis.call('ZADD', KEYS[2], ARGV[6], ARGV[1])
return answer
