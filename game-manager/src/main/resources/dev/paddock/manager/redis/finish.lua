-- Takes an entry off a stream, once its work is done. In one step: an entry that was deleted and is still pending is given to
-- nobody by XAUTOCLAIM and stays pending for ever.
--
-- KEYS[1]  stream
-- ARGV[1]  consumer group
-- ARGV[2]  id of the entry
--
-- Answers 1 when the entry was there, else 0.
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
return redis.call('XDEL', KEYS[1], ARGV[2])
