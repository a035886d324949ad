-- Takes the lease of a mode if nobody has it. Every taking gets a higher token than all before, so that an earlier
-- holder that does not know yet that it lost the lease can change nothing any more. Said twice by the same holder, it
-- takes it twice, with a new token.
--
-- KEYS[1]  lease
-- KEYS[2]  fence
-- ARGV[1]  who takes it
-- ARGV[2]  how long the lease lives, ms
--
-- Answers {1, token} when taken, {0, how long it still lives, ms} when another has it.
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then
  return {0, redis.call('PTTL', KEYS[1])}
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return {1, redis.call('INCR', KEYS[2])}
