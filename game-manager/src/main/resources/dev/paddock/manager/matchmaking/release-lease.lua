-- Gives a lease back, so that another replica need not wait until it expires.
--
-- KEYS[1]  lease
-- ARGV[1]  who holds it
--
-- Answers 1 when given back, 0 when it was not held.
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
