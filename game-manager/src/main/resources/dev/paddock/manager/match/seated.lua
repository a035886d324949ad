-- The server has agreed: those who were under way to a seat are players of the match, once.
-- KEYS[1] hash of the match
-- ARGV[1] what is under way, as it was read
-- ARGV[2] FormedMatch in JSON, with them
-- Answers NOW, AGAIN (they were before), or OTHER (something else is under way, or they wait again).
local match = redis.call('HMGET', KEYS[1], 'state', 'seating', 'seated')
if match[3] == ARGV[1] then
  return 'AGAIN'
end
if match[1] ~= 'READY' or match[2] ~= ARGV[1] then
  return 'OTHER'
end
redis.call('HSET', KEYS[1], 'formed', ARGV[2], 'seated', ARGV[1])
redis.call('HDEL', KEYS[1], 'seating')
return 'NOW'
