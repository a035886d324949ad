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
-- ARGV[3...]  for each ticket: ticketId, createdAt (when the claim was taken, ms), the ticket as JSON for the reader of
--             arrivals, how many of the following are its fields: name, value, name, value
--
-- Answers, for each ticket, 1 when queued, 0 when there is such a ticket already (whatever became of it), -1 when too
-- late, -2 when too many have arrived.
local time = redis.call('TIME')
local oldest = time[1] * 1000 + math.floor(time[2] / 1000) - tonumber(ARGV[1])
local unread = tonumber(redis.call('GET', KEYS[3]) or '0') - tonumber(redis.call('GET', KEYS[4]) or '0')
local busy = unread >= tonumber(ARGV[2])
local some = redis.call('EXISTS', unpack(KEYS, 5)) > 0
local answers, places, arrived, taken = {}, {}, {}, {}
local arg = 3
for key = 5, #KEYS do
  local id, createdAt, json, fields = ARGV[arg], ARGV[arg + 1], ARGV[arg + 2], tonumber(ARGV[arg + 3])
  local answer = 1
  if taken[id] or some and redis.call('EXISTS', KEYS[key]) == 1 then
    answer = 0
  elseif tonumber(createdAt) < oldest then
    answer = -1
  elseif busy then
    answer = -2
  else
    redis.call('HSET', KEYS[key], unpack(ARGV, arg + 4, arg + 3 + fields))
    places[#places + 1] = createdAt
    places[#places + 1] = id
    arrived[#arrived + 1] = json
    taken[id] = true
  end
  answers[#answers + 1] = answer
  arg = arg + 4 + fields
end
if #arrived > 0 then
  redis.call('ZADD', KEYS[1], unpack(places))
  local seq = redis.call('INCRBY', KEYS[3], #arrived)
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', 100000, seq .. '-0', 'event', 'queued', 'tickets',
    '[' .. table.concat(arrived, ',') .. ']')
end
return answers
