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
-- ARGV[3]  mode
-- ARGV[4...]  for each ticket: ticketId, createdAt (when the claim was taken) in ms and as ISO, its first player's id, its
--             players as JSON, its attributes as JSON
--
-- Answers, for each ticket, 1 when queued, 0 when there is such a ticket already (whatever became of it), -1 when too
-- late, -2 when too many have arrived.
local time = redis.call('TIME')
local oldest = time[1] * 1000 + math.floor(time[2] / 1000) - tonumber(ARGV[1])
local unread = tonumber(redis.call('GET', KEYS[3]) or '0') - tonumber(redis.call('GET', KEYS[4]) or '0')
local busy = unread >= tonumber(ARGV[2])
local some = redis.call('EXISTS', unpack(KEYS, 5)) > 0
local answers, places, arrived, taken = {}, {}, {}, {}
local mode = ARGV[3]
local arg = 4
for key = 5, #KEYS do
  local id, createdAt = ARGV[arg], ARGV[arg + 1]
  local answer = 1
  if taken[id] or some and redis.call('EXISTS', KEYS[key]) == 1 then
    answer = 0
  elseif tonumber(createdAt) < oldest then
    answer = -1
  elseif busy then
    answer = -2
  else
    local created, playerId, players, attributes = ARGV[arg + 2], ARGV[arg + 3], ARGV[arg + 4], ARGV[arg + 5]
    redis.call('HSET', KEYS[key], 'ticketId', id, 'playerId', playerId, 'mode', mode, 'state', 'WAITING',
      'createdAt', created, 'players', players, 'attributes', attributes)
    places[#places + 1] = createdAt
    places[#places + 1] = id
    -- As a Ticket in JSON: put together here, its larger part crosses the wire once.
    arrived[#arrived + 1] = '{"ticketId":"' .. id .. '","mode":"' .. mode .. '","state":"WAITING","createdAt":"' .. created
      .. '","players":' .. players .. ',"attributes":' .. attributes .. ',"returned":false}'
    taken[id] = true
  end
  answers[#answers + 1] = answer
  arg = arg + 6
end
if #arrived > 0 then
  redis.call('ZADD', KEYS[1], unpack(places))
  local seq = redis.call('INCRBY', KEYS[3], #arrived)
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', 100000, seq .. '-0', 'event', 'queued', 'tickets',
    '[' .. table.concat(arrived, ',') .. ']')
end
return answers
