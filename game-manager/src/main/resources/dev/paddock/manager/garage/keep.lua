-- Keeps a loadout that the inventory was asked for, unless it may be older than a change.
--
-- KEYS[1]  the cached loadout
-- KEYS[2]  the change
-- ARGV[1]  the loadout, JSON
-- ARGV[2]  how long it is cached, ms
--
-- Answers 1 when kept, 0 when not.
if redis.call('EXISTS', KEYS[2]) == 1 then
  return 0
end
return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0
