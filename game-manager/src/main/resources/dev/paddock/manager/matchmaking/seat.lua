-- Lets waiting tickets take free seats of matches that run. Each match gets all of the tickets that were chosen for it or
-- none. This script, not the lease, is what no ticket and no seat can pass twice. Said twice, it takes once.
--
-- KEYS[1]  fence
-- KEYS[2]  queue
-- KEYS[3]  matches
-- KEYS[4]  live
-- KEYS[5]  seats
-- KEYS[6...]  for each match: the match, then the tickets
-- ARGV[1]  token of the lease
-- ARGV[2]  when the match is looked at at the latest, ms
-- ARGV[3]  endedAt of the tickets, ISO
-- ARGV[4]  how long the tickets can be looked up if nothing ends the match, ms
-- ARGV[5]  how many matches
-- ARGV[6...]  for each match: matchId, number of the offer, its roster, what is taken as JSON, how many tickets, then their
--             ids
--
-- Answers, for each match, '' when taken, '!' when this is not on offer (any more), else the ids of those of the tickets
-- that do not wait, between spaces; nothing at all when the token is not the last one.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return {}
end
local answers = {}
local key = 6
local arg = 6
for _ = 1, tonumber(ARGV[5]) do
  local match, matchId, number, roster, taken = KEYS[key], ARGV[arg], ARGV[arg + 1], ARGV[arg + 2], ARGV[arg + 3]
  local tickets = tonumber(ARGV[arg + 4])
  local found = redis.call('HMGET', match, 'state', 'offered', 'roster', 'seating')
  local answer = ''
  if found[4] == taken then
    answer = ''
  elseif found[1] ~= 'READY' or found[2] ~= number or (found[3] or '0') ~= roster or found[4] then
    answer = '!'
  else
    for i = 1, tickets do
      if redis.call('HGET', KEYS[key + i], 'state') ~= 'WAITING' then
        answer = answer .. ' ' .. ARGV[arg + 4 + i]
      end
    end
    if answer == '' then
      for i = 1, tickets do
        redis.call('HSET', KEYS[key + i], 'state', 'MATCHED', 'matchId', matchId, 'endedAt', ARGV[3])
        redis.call('PEXPIRE', KEYS[key + i], ARGV[4])
        redis.call('ZREM', KEYS[2], ARGV[arg + 4 + i])
      end
      local next = string.format('%d', tonumber(roster) + 1)
      redis.call('HSET', match, 'roster', next, 'seating', taken)
      redis.call('HDEL', match, 'offered')
      redis.call('HDEL', KEYS[5], matchId)
      -- With who is under way: others may be by the time at which it is read.
      redis.call('XADD', KEYS[3], '*', 'matchId', matchId, 'roster', next, 'seating', taken)
      -- Should that entry be lost, the look finds what is under way.
      redis.call('ZADD', KEYS[4], 'XX', 'LT', ARGV[2], matchId)
    end
  end
  answers[#answers + 1] = answer
  key = key + 1 + tickets
  arg = arg + 5 + tickets
end
return answers
