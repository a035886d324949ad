-- Ends tickets that have waited for as long as their mode lets them. One that was matched or cancelled before stays so.
--
-- KEYS[1]  fence
-- KEYS[2]  queue
-- KEYS[3...]  the tickets
-- ARGV[1]  token of the lease
-- ARGV[2]  endedAt, ISO
-- ARGV[3]  how long they can still be looked up, ms
-- ARGV[4...]  their ids
--
-- Answers, for each ticket, 1 when it expired now, 0 when it did not wait; nothing at all when the token is not the
-- last one.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return {}
end
local answers = {}
for i = 3, #KEYS do
  local id = ARGV[i + 1]
  if redis.call('HGET', KEYS[i], 'state') == 'WAITING' then
    redis.call('HSET', KEYS[i], 'state', 'EXPIRED', 'endedAt', ARGV[2])
    redis.call('PEXPIRE', KEYS[i], ARGV[3])
    answers[#answers + 1] = 1
  else
    answers[#answers + 1] = 0
  end
  -- An id without a waiting ticket has no place in the queue either.
  redis.call('ZREM', KEYS[2], id)
end
return answers
