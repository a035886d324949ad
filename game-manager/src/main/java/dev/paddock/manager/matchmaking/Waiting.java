package dev.paddock.manager.matchmaking;

import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.StreamEntry;
import dev.paddock.manager.ticket.Arrival;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.SeatOffer;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.frame.TicketState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tickets that wait, in the lease holder's memory: a snapshot, and every arrival after the number that was noted
 * <em>before</em> the snapshot was taken.
 *
 * <p>The holder's loop works with it. Others may ask it from their own threads, at any time: nothing here waits for Redis
 * or for an arrival while it holds the lock, so a question costs the loop one walk through
 * the columns of its pool, a few milliseconds for a million tickets.
 */
final class Waiting {
    private static final int CHUNK = 1000;
    private static final Comparator<Ticket> AGE = Comparator.comparing(Ticket::createdAt);
    private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);

    private final Redis redis;
    private final QueueKeys keys;
    private Rules rules;
    private Pool pool;

    /** All that wait, the one that waits longest on top; those that have left are passed over when they come up. */
    private PriorityQueue<Ticket> byAge = new PriorityQueue<>(AGE);

    private long lastSeq;
    private int unusable;

    Waiting(Redis redis, QueueKeys keys, Rules rules) {
        this.redis = redis;
        this.keys = keys;
        this.rules = rules;
        this.pool = pool(rules);
    }

    /** From now on these rules hold. If they are others than before, everybody is looked at with them. */
    synchronized void matchBy(Rules now) {
        if (now.equals(rules)) {
            return;
        }
        Pool before = pool;
        rules = now;
        pool = pool(now);
        before.tickets().forEach(pool::add);
        before.offers().forEach(pool::offer);
    }

    /**
     * Reads everything anew.
     *
     * @return ids in the queue that have no ticket behind them
     */
    List<String> load() {
        clear();
        String seq = redis.get(keys.seq());
        lastSeq = seq == null ? 0 : Long.parseLong(seq);
        List<String> ids = redis.sortedUpTo(keys.queue(), Double.POSITIVE_INFINITY, Integer.MAX_VALUE);
        List<String> orphans = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<String> chunk = ids.subList(from, Math.min(ids.size(), from + CHUNK));
            List<Map<String, String>> hashes =
                    redis.hashes(chunk.stream().map(keys::ticket).toList());
            for (int i = 0; i < chunk.size(); i++) {
                read(chunk.get(i), hashes.get(i), orphans);
            }
        }
        redis.hash(keys.seats()).values().forEach(this::readOffer);
        return orphans;
    }

    /**
     * Takes in what has arrived.
     *
     * @return whether nothing was missed; if something was, load again
     */
    boolean arrived(List<StreamEntry> entries) {
        for (StreamEntry entry : entries) {
            Arrival arrival = Arrival.of(entry);
            if (arrival.after() != lastSeq) {
                LOG.warn("arrivals were missed mode={} after={} until={}", keys.mode(), lastSeq, arrival.after());
                return false;
            }
            lastSeq = arrival.seq();
            arrival.queued().forEach(this::put);
            if (arrival.left() != null) {
                remove(arrival.left());
            }
            if (arrival.seats() != null) {
                offer(arrival.seats());
            }
            if (arrival.shut() != null) {
                shut(arrival.shut());
            }
        }
        return true;
    }

    /** Takes in the free seats of a running match. */
    synchronized void offer(SeatOffer offer) {
        pool.offer(offer);
    }

    /** The free seats of all running matches. */
    synchronized List<SeatOffer> offers() {
        return pool.offers();
    }

    private synchronized void shut(String matchId) {
        pool.shut(matchId);
    }

    synchronized void remove(String ticketId) {
        pool.remove(ticketId);
    }

    /** Takes in a ticket, new or back. */
    synchronized void put(Ticket ticket) {
        pool.add(ticket);
        if (byAge.size() > 2 * pool.size() + CHUNK) {
            byAge = new PriorityQueue<>(AGE);
            byAge.addAll(pool.tickets());
            return;
        }
        byAge.add(ticket);
    }

    /** Who can play together now. They are not among those who wait any more. */
    synchronized Proposals match(Instant now) {
        return pool.match(now);
    }

    /** Why a ticket still waits; empty if it does not. */
    Optional<Reasons> why(String ticketId, Instant now) {
        Ticket ticket;
        Glimpse glimpse;
        Inspection inspection;
        synchronized (this) {
            ticket = pool.find(ticketId).orElse(null);
            if (ticket == null) {
                return Optional.empty();
            }
            glimpse = pool.glimpse(ticket);
            inspection = inspection(now);
        }
        // The matcher need not wait for what takes longer.
        return Optional.of(inspection.why(ticket, glimpse));
    }

    QueueNumbers numbers(Instant now) {
        Glimpse glimpse;
        Inspection inspection;
        synchronized (this) {
            glimpse = pool.glimpse();
            inspection = inspection(now);
        }
        return inspection.numbers(glimpse);
    }

    private Inspection inspection(Instant now) {
        return new Inspection(rules.mode().matching(), rules.regions(), now);
    }

    /** Those that have waited until {@code created} or longer. */
    synchronized List<Ticket> createdUpTo(Instant created) {
        return pool.tickets().stream()
                .filter(ticket -> !ticket.createdAt().isAfter(created))
                .toList();
    }

    /** When the one that waits longest was created. */
    synchronized Optional<Instant> oldest() {
        while (true) {
            Ticket oldest = byAge.peek();
            if (oldest == null) {
                return Optional.empty();
            }
            Ticket waiting = pool.find(oldest.ticketId()).orElse(null);
            if (waiting != null && waiting.createdAt().equals(oldest.createdAt())) {
                return Optional.of(oldest.createdAt());
            }
            byAge.remove();
        }
    }

    /** Whether Redis and this memory can be of one mind: what was only not read yet is no difference. */
    synchronized boolean agrees(long waitingInRedis, long seqInRedis) {
        if (seqInRedis > lastSeq) {
            return true;
        }
        return seqInRedis == lastSeq && waitingInRedis == pool.size() + unusable;
    }

    synchronized int size() {
        return pool.size();
    }

    /** The id after which arrivals were not read. */
    String lastEntry() {
        return lastSeq + "-0";
    }

    /** The first number that was not read. */
    long unread() {
        return lastSeq + 1;
    }

    private static Pool pool(Rules rules) {
        return new Pool(rules.mode().matching(), rules.regions());
    }

    private synchronized void clear() {
        pool = pool(rules);
        byAge.clear();
        unusable = 0;
    }

    private void readOffer(String json) {
        try {
            offer(Json.read(json, SeatOffer.class));
        } catch (IllegalArgumentException | MalformedException e) {
            LOG.error("an offer of seats cannot be read mode={}", keys.mode(), e);
        }
    }

    private void read(String ticketId, Map<String, String> fields, List<String> orphans) {
        if (fields.isEmpty()) {
            orphans.add(ticketId);
            return;
        }
        try {
            Ticket ticket = Ticket.of(fields);
            if (ticket.state() == TicketState.WAITING) {
                put(ticket);
            } else {
                orphans.add(ticketId);
            }
        } catch (IllegalStateException | IllegalArgumentException | MalformedException e) {
            // One that cannot be read must not keep all others from being matched.
            unusable++;
            LOG.error("a ticket cannot be read mode={} ticketId={}", keys.mode(), ticketId, e);
        }
    }
}
