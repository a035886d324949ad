-- The players were told: the match is off the stream.
-- KEYS[1] hash of the match
-- KEYS[2] stream of formed matches
-- ARGV[1] consumer group
-- ARGV[2] now, ISO instant
-- ARGV[3] id of the match's entry, or empty
-- Answers 1 the first time.
local first = 0
if redis.call('EXISTS', KEYS[1]) == 1 then
  first = redis.call('HSETNX', KEYS[1], 'at.pushed', ARGV[2])
end
if ARGV[3] ~= '' then
  redis.call('XACK', KEYS[2], ARGV[1], ARGV[3])
  redis.call('XDEL', KEYS[2], ARGV[3])
end
return first
