-- Frees a player's place if it is still this ticket's. A later ticket's place is left alone.
--
-- KEYS[1]  the player's claim
-- ARGV[1]  ticketId
--
-- Answers 1 when freed, 0 when there was nothing to free.
local held = redis.call('GET', KEYS[1])
if held and string.find(held, ' ' .. ARGV[1] .. ' ', 1, true) then
  return redis.call('DEL', KEYS[1])
end
return 0
