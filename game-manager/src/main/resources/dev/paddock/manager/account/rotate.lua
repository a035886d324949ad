-- Gives a login session its next refresh token, or ends it if the token was used before.
local session = KEYS[1] -- paddock:login:{<jti>}
local family = ARGV[1] -- SHA-256 of what all refresh tokens of the session share
local old = ARGV[2] -- SHA-256 of the secret that was presented
local new = ARGV[3] -- SHA-256 of the secret that is good from now on
local lives = ARGV[4] -- ms

local now = redis.call('HMGET', session, 'family', 'refresh', 'playerId', 'name')
if not now[1] or now[1] ~= family then
  return {'UNKNOWN'}
end
if now[2] ~= old then
  redis.call('DEL', session)
  return {'REUSED', now[3], now[4]}
end
redis.call('HSET', session, 'refresh', new)
redis.call('PEXPIRE', session, lives)
return {'RENEWED', now[3], now[4]}
