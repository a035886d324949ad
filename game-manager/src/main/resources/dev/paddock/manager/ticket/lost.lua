-- Notes until when a player without a socket may stay away. Said again, it counts from the latest, or stays as it was.
--
-- KEYS[1]  players without a socket
-- ARGV[1]  playerId; or asked:<playerId> when nobody had a socket of the player, to ask once more
-- ARGV[2]  when the grace ends, or when to ask once more, ms
-- ARGV[3]  'latest': the socket closed just now; 'first': nobody knows since when it is gone
--
-- Answers 1 when the player is newly noted, else 0.
local noted
if ARGV[3] == 'first' then
  noted = redis.call('ZADD', KEYS[1], 'NX', ARGV[2], ARGV[1])
else
  noted = redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
end
-- No grace is longer than a ticket lives, which is a day at most.
redis.call('PEXPIRE', KEYS[1], 90000000)
return noted
