-- What scripts begin with that let matched tickets wait again. MATCHED -> WAITING is written here and nowhere else: state,
-- place in the queue with the old waiting time, and an arrival, so that the lease holder takes the ticket in.
local function isMatchedIn(ticket, matchId)
  local found = redis.call('HMGET', ticket, 'state', 'matchId')
  return found[1] == 'MATCHED' and found[2] == matchId
end
-- mode: its queue, arrivals and seq; created in epoch ms. The ticket is what Redis has, not what the caller has read: a player may
-- have blocked somebody since.
local function waitAgain(mode, ticket, id, created)
  redis.call('HSET', ticket, 'state', 'WAITING', 'returned', 'true')
  redis.call('HDEL', ticket, 'matchId', 'endedAt')
  redis.call('PERSIST', ticket)
  redis.call('ZADD', mode.queue, created, id)
  local seq = redis.call('INCR', mode.seq)
  redis.call('XADD', mode.arrivals, 'MAXLEN', '~', '100000', seq .. '-0', 'event', 'queued', 'ticketId', id,
    'ticket', redis.call('HGET', ticket, 'ticket'), 'returned', 'true')
end
