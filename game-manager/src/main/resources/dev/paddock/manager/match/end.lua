-- A match is over, once: ENDED by its server, or CANCELLED because that server was lost. Who was under way to a free seat of
-- it waits again, as long as before.
-- isMatchedIn and waitAgain are those of ticket/returning.part.lua.
-- KEYS[1] hash of the match
-- KEYS[2] sorted set of live matches
-- KEYS[3] stream of formed matches
-- KEYS[4] stream of results
-- KEYS[5] what is offered, by match
-- KEYS[6] the mode's queue
-- KEYS[7] stream of arrivals
-- KEYS[8] the number of the last arrival
-- KEYS[9..] hashes of the match's tickets, then of the tickets that are under way
-- ARGV[1] match id
-- ARGV[2] consumer group
-- ARGV[3] ENDED or CANCELLED
-- ARGV[4] server id
-- ARGV[5] now, ISO instant
-- ARGV[6] name of the field that says more: result or reason
-- ARGV[7] its value
-- ARGV[8] how long the match is still known, ms
-- ARGV[9] FinishedMatch in JSON, for MySQL
-- ARGV[10] its roster, as it was read
-- ARGV[11] who is under way, as it was read; or empty
-- ARGV[12..] for each ticket that is under way, two each: ticket id, when it was created in epoch ms
-- Answers NOW, AGAIN (it had ended like this before), CHANGED (somebody has joined since it was read: read it again), or
-- OTHER (it is not this server's, or ended otherwise).
local match = redis.call('HMGET', KEYS[1], 'state', 'serverId', 'entry', 'roster', 'seating', 'offered')
local state, server, entry = match[1], match[2], match[3]
if not state then
  return 'OTHER'
end
if state == ARGV[3] then
  return server == ARGV[4] and 'AGAIN' or 'OTHER'
end
-- A match that is still FORMED has a server whose "ready" was lost; its "ended" is as good.
local its = state == 'FORMED' or (state == 'READY' and server == ARGV[4])
if not its then
  return 'OTHER'
end
if (match[4] or '0') ~= ARGV[10] or (match[5] or '') ~= ARGV[11] then
  return 'CHANGED'
end
redis.call('HSET', KEYS[1], 'state', ARGV[3], 'serverId', ARGV[4], 'endedAt', ARGV[5], ARGV[6], ARGV[7])
redis.call('PEXPIRE', KEYS[1], ARGV[8])
redis.call('ZREM', KEYS[2], ARGV[1])
if entry and entry ~= '' then
  redis.call('XACK', KEYS[3], ARGV[2], entry)
  redis.call('XDEL', KEYS[3], entry)
end
redis.call('XADD', KEYS[4], '*', 'matchId', ARGV[1], 'finished', ARGV[9])
if match[6] then
  redis.call('HDEL', KEYS[1], 'offered')
  redis.call('HDEL', KEYS[5], ARGV[1])
  local seq = redis.call('INCR', KEYS[8])
  redis.call('XADD', KEYS[7], 'MAXLEN', '~', '100000', seq .. '-0', 'event', 'seats', 'shut', ARGV[1])
end
local last = #KEYS - (#ARGV - 11) / 2
if match[5] then
  redis.call('HSET', KEYS[1], 'unseated', match[5])
  redis.call('HDEL', KEYS[1], 'seating')
  local mode = {queue = KEYS[6], arrivals = KEYS[7], seq = KEYS[8]}
  for i = last + 1, #KEYS do
    local at = 12 + (i - last - 1) * 2
    local id, created = ARGV[at], ARGV[at + 1]
    if isMatchedIn(KEYS[i], ARGV[1]) then
      waitAgain(mode, KEYS[i], id, created)
    end
  end
end
for i = 9, last do
  if redis.call('HGET', KEYS[i], 'matchId') == ARGV[1] then
    redis.call('PEXPIRE', KEYS[i], ARGV[8])
  end
end
return 'NOW'
