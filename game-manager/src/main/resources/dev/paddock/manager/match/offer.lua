-- A server says which of its match's seats are free: they are offered from now on, or not any more.
-- KEYS[1] hash of the match
-- KEYS[2] what is offered, by match
-- KEYS[3] stream of arrivals
-- KEYS[4] the number of the last arrival
-- ARGV[1] match id
-- ARGV[2] server id
-- ARGV[3] number of what the server says
-- ARGV[4] roster that it says it with
-- ARGV[5] SeatOffer in JSON; '' when nothing is free
-- Answers
--   OFFERED  now
--   SHUT     nothing is free
--   AGAIN    as it was
--   OTHER    it says less than what is known: another server or roster, an older number, or somebody is under way to a seat
local match = redis.call('HMGET', KEYS[1], 'state', 'serverId', 'roster', 'seating', 'said', 'offered')
if match[1] ~= 'READY' or match[2] ~= ARGV[2] or (match[3] or '0') ~= ARGV[4] or match[4] then
  return 'OTHER'
end
if tonumber(match[5] or '0') > tonumber(ARGV[3]) then
  return 'OTHER'
end
redis.call('HSET', KEYS[1], 'said', ARGV[3])
if ARGV[5] == '' then
  if not match[6] then
    return 'AGAIN'
  end
  redis.call('HDEL', KEYS[1], 'offered')
  redis.call('HDEL', KEYS[2], ARGV[1])
  local seq = redis.call('INCR', KEYS[4])
  redis.call('XADD', KEYS[3], 'MAXLEN', '~', '100000', seq .. '-0', 'event', 'seats', 'shut', ARGV[1])
  return 'SHUT'
end
if match[6] == ARGV[3] then
  return 'AGAIN'
end
redis.call('HSET', KEYS[1], 'offered', ARGV[3])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[5])
local seq = redis.call('INCR', KEYS[4])
redis.call('XADD', KEYS[3], 'MAXLEN', '~', '100000', seq .. '-0', 'event', 'seats', 'offer', ARGV[5])
return 'OFFERED'
