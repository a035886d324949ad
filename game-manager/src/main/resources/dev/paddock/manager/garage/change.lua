-- A player's loadout begins to change: what is cached is forgotten, and what was asked for before the change is over is
-- not kept. A change that finds another one under way contests it: nobody can tell then whose came last.
--
-- KEYS[1]  the cached loadout
-- KEYS[2]  the change
-- ARGV[1]  id of this change
-- ARGV[2]  longer than a change, or a question to the inventory, can take, ms
--
-- Answers 1.
local other = redis.call('GET', KEYS[2])
local mark = ARGV[1]
if other and other ~= 'over' then
  mark = 'contested'
end
redis.call('SET', KEYS[2], mark, 'PX', ARGV[2])
redis.call('DEL', KEYS[1])
return 1
