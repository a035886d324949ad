-- A change of a player's loadout was answered. Its mark stays, as "over", for those who asked before it.
--
-- KEYS[1]  the cached loadout
-- KEYS[2]  the change
-- ARGV[1]  id of this change
-- ARGV[2]  the loadout from now on, JSON; '' when the change was refused
-- ARGV[3]  how long the loadout is cached, ms
--
-- Answers 1 when this was the only change, 0 when another one was under way, or it took too long.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[2], 'over', 'KEEPTTL')
if ARGV[2] ~= '' then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
end
return 1
