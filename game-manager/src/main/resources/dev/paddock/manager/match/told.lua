-- PlayerMatched was written to a player's socket.
-- KEYS[1] hash of the match
-- ARGV[1] player id
-- ARGV[2] now, ISO instant
-- Answers 1 the first time, while the match is known.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
return redis.call('HSETNX', KEYS[1], 'told.' .. ARGV[1], ARGV[2])
