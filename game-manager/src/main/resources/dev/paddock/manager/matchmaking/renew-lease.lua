-- Renews a lease that is still held with this token, throws away the arrivals that its holder has read, and says what
-- the holder can compare its memory with.
--
-- KEYS[1]  lease
-- KEYS[2]  fence
-- KEYS[3]  queue
-- KEYS[4]  seq
-- KEYS[5]  arrivals
-- KEYS[6]  read
-- ARGV[1]  who holds it
-- ARGV[2]  token
-- ARGV[3]  how long the lease lives from now, ms
-- ARGV[4]  the first number in arrivals that the holder has not read
--
-- Answers {1, waiting tickets, last number in arrivals, now in ms} when renewed, {0} when it is lost.
if redis.call('GET', KEYS[1]) ~= ARGV[1] or redis.call('GET', KEYS[2]) ~= ARGV[2] then
  return {0}
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('XTRIM', KEYS[5], 'MINID', ARGV[4] .. '-0')
redis.call('SET', KEYS[6], tonumber(ARGV[4]) - 1)
local time = redis.call('TIME')
return {
  1,
  redis.call('ZCARD', KEYS[3]),
  tonumber(redis.call('GET', KEYS[4]) or '0'),
  time[1] * 1000 + math.floor(time[2] / 1000),
}
