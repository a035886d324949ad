-- Takes the lease of a mode if nobody has it. Every taking gets a higher token than all before, so that an earlier
-- holder that does not know yet that it lost the lease can change nothing any more. Said twice by the same holder, it
-- takes it twice, with a new token.
--
-- The token is the time in microseconds, or more. A counter would not do: when a replica takes over that has not heard
-- of the last takings, it counts from before them, and would give a token for the second time, to another holder.
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
local time = redis.call('TIME')
local token = math.max(time[1] * 1000000 + time[2], (redis.call('GET', KEYS[2]) or 0) + 1)
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('SET', KEYS[2], string.format('%d', token))
return {1, token}
