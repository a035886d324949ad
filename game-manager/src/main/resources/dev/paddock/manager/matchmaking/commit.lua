-- Takes the tickets of a batch of matches out of the queue and appends the matches to the stream: stop "formed". Each
-- match gets all of its tickets or none. This script, not the lease, is what no ticket can pass twice. Said twice, it
-- forms each match once.
--
-- KEYS[1]  fence
-- KEYS[2]  queue
-- KEYS[3]  matches
-- KEYS[4]  live
-- KEYS[5...]  for each match: the match, then its tickets
-- ARGV[1]  token of the lease
-- ARGV[2]  when the match is looked at first, ms
-- ARGV[3]  endedAt of the tickets, ISO
-- ARGV[4]  how long the tickets can be looked up if nothing ends the match, ms
-- ARGV[5]  how many matches
-- ARGV[6]  when the players must have accepted, ms; '' in a mode that does not ask them. If it does, the matches are PROPOSED
--          and come to the stream when all have accepted
-- ARGV[7...]  for each match: matchId, the formed match as JSON, when its last ticket was queued (ISO), how many
--             tickets, then their ids
--
-- Answers, for each match, '' when formed, else the ids of those of its tickets that do not wait, between spaces;
-- nothing at all when the token is not the last one.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return {}
end
local answers = {}
local key = 5
local arg = 7
for _ = 1, tonumber(ARGV[5]) do
  local match, matchId, formed, queuedAt = KEYS[key], ARGV[arg], ARGV[arg + 1], ARGV[arg + 2]
  local tickets = tonumber(ARGV[arg + 3])
  local missing = ''
  if redis.call('EXISTS', match) == 0 then
    for i = 1, tickets do
      if redis.call('HGET', KEYS[key + i], 'state') ~= 'WAITING' then
        missing = missing .. ' ' .. ARGV[arg + 3 + i]
      end
    end
    if missing == '' then
      for i = 1, tickets do
        redis.call('HSET', KEYS[key + i], 'state', 'MATCHED', 'matchId', matchId, 'endedAt', ARGV[3])
        redis.call('PEXPIRE', KEYS[key + i], ARGV[4])
        redis.call('ZREM', KEYS[2], ARGV[arg + 3 + i])
      end
      if ARGV[6] == '' then
        local entry = redis.call('XADD', KEYS[3], '*', 'matchId', matchId, 'formed', formed)
        redis.call('HSET', match, 'state', 'FORMED', 'formed', formed, 'entry', entry, 'attempt', '1', 'token', ARGV[1],
          'at.queued', queuedAt, 'at.formed', ARGV[3])
        redis.call('ZADD', KEYS[4], ARGV[2], matchId)
      else
        redis.call('HSET', match, 'state', 'PROPOSED', 'formed', formed, 'attempt', '1', 'token', ARGV[1], 'at.queued', queuedAt,
          'acceptBy', ARGV[6])
        redis.call('ZADD', KEYS[4], math.min(tonumber(ARGV[2]), tonumber(ARGV[6])), matchId)
      end
    end
  end
  answers[#answers + 1] = missing
  key = key + 1 + tickets
  arg = arg + 4 + tickets
end
return answers
