-- A player has a socket again.
--
-- KEYS[1]  players without a socket
-- ARGV[1]  playerId
--
-- Answers more than 0 when the player was noted as gone, else 0.
return redis.call('ZREM', KEYS[1], ARGV[1], 'asked:' .. ARGV[1])
