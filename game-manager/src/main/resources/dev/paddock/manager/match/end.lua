-- A match is over, once: ENDED by its server, or CANCELLED because that server was lost.
-- KEYS[1] hash of the match
-- KEYS[2] sorted set of live matches
-- KEYS[3] stream of formed matches
-- KEYS[4] stream of results
-- KEYS[5..] hashes of the match's tickets
-- ARGV[1] match id
-- ARGV[2] consumer group
-- ARGV[3] ENDED or CANCELLED
-- ARGV[4] server id
-- ARGV[5] now, ISO instant
-- ARGV[6] name of the field that says more: result or reason
-- ARGV[7] its value
-- ARGV[8] how long the match is still known, ms
-- ARGV[9] FinishedMatch in JSON, for MySQL
-- Answers NOW, AGAIN (it had ended like this before), or OTHER (it is not this server's, or ended otherwise).
local match = redis.call('HMGET', KEYS[1], 'state', 'serverId', 'entry')
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
redis.call('HSET', KEYS[1], 'state', ARGV[3], 'serverId', ARGV[4], 'endedAt', ARGV[5], ARGV[6], ARGV[7])
redis.call('PEXPIRE', KEYS[1], ARGV[8])
redis.call('ZREM', KEYS[2], ARGV[1])
if entry and entry ~= '' then
  redis.call('XACK', KEYS[3], ARGV[2], entry)
  redis.call('XDEL', KEYS[3], entry)
end
redis.call('XADD', KEYS[4], '*', 'matchId', ARGV[1], 'finished', ARGV[9])
for i = 5, #KEYS do
  if redis.call('HGET', KEYS[i], 'matchId') == ARGV[1] then
    redis.call('PEXPIRE', KEYS[i], ARGV[8])
  end
end
return 'NOW'
