-- A director was asked for a server: remembers when first, and which server it named.
-- KEYS[1] hash of the match
-- KEYS[2] sorted set of live matches
-- ARGV[1] match id
-- ARGV[2] attempt that was asked for
-- ARGV[3] when it was asked, ISO instant
-- ARGV[4] server id that the director named, or empty
-- ARGV[5] 'true' if that server stood by, 'false' if it was started for the match, or empty
-- ARGV[6] when to look at the match again, epoch ms
-- Answers 1 if it was the first time that anyone asked for this match.
local state = redis.call('HGET', KEYS[1], 'state')
if not state then
  return 0
end
local first = redis.call('HSETNX', KEYS[1], 'at.requested', ARGV[3])
local attempt = redis.call('HGET', KEYS[1], 'attempt') or '1'
if attempt ~= ARGV[2] then
  return first
end
if ARGV[4] ~= '' then
  redis.call('HSET', KEYS[1], 'assignedTo', ARGV[4], 'standby', ARGV[5])
end
if state == 'FORMED' then
  -- The answer may come after the server's own "ready", which has set a later look.
  redis.call('ZADD', KEYS[2], 'XX', ARGV[6], ARGV[1])
end
return first
