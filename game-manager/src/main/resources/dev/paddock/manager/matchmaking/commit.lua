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
-- Which tickets wait, the queue says: a ticket is in it as long as its state is WAITING, and every script changes both.
--
-- Answers, for each match, '' when formed, else the ids of those of its tickets that do not wait, between spaces;
-- nothing at all when the token is not the last one.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return {}
end
-- One command for all of them where there is one: what a script costs is the number of commands that it runs. Lua hands
-- over some thousands of arguments, and no more.
local function inPieces(all, call)
  for from = 1, #all, 1000 do
    call(from, math.min(#all, from + 999))
  end
end
local matches, ids = {}, {}
local key = 5
local arg = 7
for m = 1, tonumber(ARGV[5]) do
  matches[m] = KEYS[key]
  local tickets = tonumber(ARGV[arg + 3])
  for i = 1, tickets do
    ids[#ids + 1] = ARGV[arg + 3 + i]
  end
  key = key + 1 + tickets
  arg = arg + 4 + tickets
end
local waits = {}
inPieces(ids, function(from, to)
  for i, score in ipairs(redis.call('ZMSCORE', KEYS[2], unpack(ids, from, to))) do
    waits[ids[from + i - 1]] = score
  end
end)
local some = redis.call('EXISTS', unpack(matches)) > 0
local answers, out, looks = {}, {}, {}
key = 5
arg = 7
for m = 1, #matches do
  local match, matchId, formed, queuedAt = KEYS[key], ARGV[arg], ARGV[arg + 1], ARGV[arg + 2]
  local tickets = tonumber(ARGV[arg + 3])
  local missing = ''
  if not some or redis.call('EXISTS', match) == 0 then
    for i = 1, tickets do
      if not waits[ARGV[arg + 3 + i]] then
        missing = missing .. ' ' .. ARGV[arg + 3 + i]
      end
    end
    if missing == '' then
      for i = 1, tickets do
        redis.call('HSET', KEYS[key + i], 'state', 'MATCHED', 'matchId', matchId, 'endedAt', ARGV[3])
        redis.call('PEXPIRE', KEYS[key + i], ARGV[4])
        out[#out + 1] = ARGV[arg + 3 + i]
        waits[ARGV[arg + 3 + i]] = false
      end
      looks[#looks + 1] = ARGV[2]
      if ARGV[6] == '' then
        local entry = redis.call('XADD', KEYS[3], '*', 'matchId', matchId, 'formed', formed)
        redis.call('HSET', match, 'state', 'FORMED', 'formed', formed, 'entry', entry, 'attempt', '1', 'token', ARGV[1],
          'at.queued', queuedAt, 'at.formed', ARGV[3])
      else
        redis.call('HSET', match, 'state', 'PROPOSED', 'formed', formed, 'attempt', '1', 'token', ARGV[1], 'at.queued', queuedAt,
          'acceptBy', ARGV[6])
        looks[#looks] = math.min(tonumber(ARGV[2]), tonumber(ARGV[6]))
      end
      looks[#looks + 1] = matchId
    end
  end
  answers[m] = missing
  key = key + 1 + tickets
  arg = arg + 4 + tickets
end
inPieces(out, function(from, to)
  redis.call('ZREM', KEYS[2], unpack(out, from, to))
end)
if #looks > 0 then
  redis.call('ZADD', KEYS[4], unpack(looks))
end
return answers
