-- A server says that it has loaded the match: FORMED -> READY, once. Whoever comes second is not wanted.
-- KEYS[1] hash of the match
-- KEYS[2] sorted set of live matches
-- ARGV[1] match id
-- ARGV[2] server id
-- ARGV[3] MatchEvent.Ready in JSON
-- ARGV[4] now, ISO instant
-- ARGV[5] when to look at the match again, epoch ms
-- ARGV[6..] pairs: name of a stop, ISO instant at which it was passed
-- Answers {outcome, FormedMatch in JSON, id of the stream entry, ISO instant at which it was settled}; outcome is
--   SETTLED   now
--   AGAIN     on this server already
--   UNWANTED  on another server, or the match was cancelled
--   OVER      ended, by this server
--   UNKNOWN   nobody knows the match (any more)
local match = redis.call('HMGET', KEYS[1], 'state', 'serverId', 'formed', 'entry', 'at.settled')
local state, server, formed, entry, settled = match[1], match[2], match[3], match[4] or '', match[5] or ARGV[4]
if not state then
  return {'UNKNOWN', '', '', settled}
end
if state == 'FORMED' then
  redis.call('HSET', KEYS[1], 'state', 'READY', 'serverId', ARGV[2], 'ready', ARGV[3], 'at.settled', ARGV[4])
  for i = 6, #ARGV, 2 do
    redis.call('HSET', KEYS[1], 'at.' .. ARGV[i], ARGV[i + 1])
  end
  redis.call('ZADD', KEYS[2], ARGV[5], ARGV[1])
  return {'SETTLED', formed, entry, settled}
end
if server ~= ARGV[2] or state == 'CANCELLED' then
  return {'UNWANTED', formed, entry, settled}
end
if state == 'READY' then
  return {'AGAIN', formed, entry, settled}
end
return {'OVER', formed, entry, settled}
