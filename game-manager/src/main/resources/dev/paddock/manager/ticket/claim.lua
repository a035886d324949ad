-- Takes a player's one place for a ticket: if it is free, if it is this ticket's already, or if it still is what the
-- caller has seen there and found to be over. Said twice, it takes the place once, with a new and later time: by it one
-- taking is told from another of the same ticket.
--
-- KEYS[1]  the player's claim
-- ARGV[1]  mode
-- ARGV[2]  ticketId
-- ARGV[3]  how long the claim lives, ms
-- ARGV[4]  the claim that may be replaced, as it was read; '' for none
--
-- Answers {1, now in microseconds} when taken, {0, now in microseconds, the claim that is there} when not.
local time = redis.call('TIME')
local micros = string.format('%d%06d', time[1], time[2])
local held = redis.call('GET', KEYS[1])
local mine = ARGV[1] .. ' ' .. ARGV[2] .. ' '
if held and held ~= ARGV[4] and string.sub(held, 1, #mine) ~= mine then
  return {'0', micros, held}
end
if held and string.sub(held, 1, #mine) == mine then
  local before = tonumber(string.sub(held, #mine + 1))
  if tonumber(string.sub(micros, 1, -4)) <= before then
    micros = string.format('%.0f000', before + 1)
  end
end
redis.call('SET', KEYS[1], mine .. string.sub(micros, 1, -4), 'PX', ARGV[3])
return {'1', micros}
