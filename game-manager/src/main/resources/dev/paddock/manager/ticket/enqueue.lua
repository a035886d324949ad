-- Lets tickets of one mode wait: stop "queued". The claims of their players were taken before; a caller that was held up
-- for longer than a claim protects its ticket is refused, because somebody else may have the claim by now.
--
-- One command for all of them where there is one: what a script costs is the number of commands that it runs.
--
-- KEYS[1]  queue
-- KEYS[2]  arrivals
-- KEYS[3]  seq
-- KEYS[4]  read
-- KEYS[5...]  the tickets
-- ARGV[1]  how long after its claim a ticket may still be queued, ms
-- ARGV[2]  how many arrivals there may be that the lease holder has not read: if there are more, nobody is let in
-- ARGV[3]  all of the tickets as a JSON array: as one text, it costs Redis next to nothing to pass it on
-- ARGV[4...]  for each ticket: ticketId, createdAt (when the claim was taken) in ms, the ticket as JSON
--
-- Answers, for each ticket, 1 when queued, 0 when there is such a ticket already (whatever became of it), -1 when too
-- late, -2 when too many have arrived.
local time = redis.call('TIME')
local oldest = time[1] * 1000 + math.floor(time[2] / 1000) - tonumber(ARGV[1])
local unread = tonumber(redis.call('GET', KEYS[3]) or '0') - tonumber(redis.call('GET', KEYS[4]) or '0')
local busy = unread >= tonumber(ARGV[2])
local some = redis.call('EXISTS', unpack(KEYS, 5)) > 0
local answers, places, refused, taken = {}, {}, {}, {}
for i = 1, #KEYS - 4 do
  local key, id, createdAt = KEYS[4 + i], ARGV[3 * i + 1], ARGV[3 * i + 2]
  local answer = 1
  if taken[id] or some and redis.call('EXISTS', key) == 1 then
    answer = 0
  elseif tonumber(createdAt) < oldest then
    answer = -1
  elseif busy then
    answer = -2
  else
    redis.call('HSET', key, 'state', 'WAITING', 'ticket', ARGV[3 * i + 3])
    places[#places + 1] = createdAt
    places[#places + 1] = id
    taken[id] = true
  end
  if answer ~= 1 then
    refused[#refused + 1] = i - 1
  end
  answers[i] = answer
end
if #places > 0 then
  redis.call('ZADD', KEYS[1], unpack(places))
  local seq = redis.call('INCRBY', KEYS[3], #places / 2)
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', 100000, seq .. '-0', 'event', 'queued', 'tickets', ARGV[3],
    'without', table.concat(refused, ' '))
end
return answers
