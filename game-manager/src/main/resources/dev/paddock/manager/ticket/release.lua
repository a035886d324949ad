-- Frees a player's place if it is still this ticket's. A later ticket's place is left alone, and so is one that was taken
-- again for this ticket after the time that the caller names.
--
-- KEYS[1]  the player's claim
-- ARGV[1]  ticketId
-- ARGV[2]  when the place was taken at the latest, ms; '' if it does not matter
--
-- Answers 1 when freed, 0 when there was nothing to free.
local held = redis.call('GET', KEYS[1])
local at = held and string.match(held, ' ' .. ARGV[1] .. ' (%d+)$')
if at and (ARGV[2] == '' or tonumber(at) <= tonumber(ARGV[2])) then
  return redis.call('DEL', KEYS[1])
end
return 0
