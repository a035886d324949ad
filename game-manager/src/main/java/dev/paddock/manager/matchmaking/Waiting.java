package dev.paddock.manager.matchmaking;

import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.StreamEntry;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.frame.TicketState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tickets that wait, in the lease holder's memory: a snapshot, and every arrival after the number that was noted
 * <em>before</em> the snapshot was taken. Not for two threads.
 */
final class Waiting {
    private static final int CHUNK = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);

    private final Redis redis;
    private final QueueKeys keys;
    private final Map<String, Ticket> tickets = new HashMap<>();
    private long lastSeq;

    /** Found anew when it is asked for after the oldest has left. */
    private @Nullable Instant oldest;

    private int unusable;

    Waiting(Redis redis, QueueKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /**
     * Reads everything anew.
     *
     * @return ids in the queue that have no ticket behind them
     */
    List<String> load() {
        tickets.clear();
        oldest = null;
        unusable = 0;
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
        return orphans;
    }

    /**
     * Takes in what has arrived.
     *
     * @return whether nothing was missed; if something was, load again
     */
    boolean arrived(List<StreamEntry> entries) {
        for (StreamEntry entry : entries) {
            long seq = Long.parseLong(entry.id().substring(0, entry.id().indexOf('-')));
            if (seq != lastSeq + 1) {
                LOG.warn("arrivals were missed mode={} expected={} found={}", keys.mode(), lastSeq + 1, seq);
                return false;
            }
            lastSeq = seq;
            String ticketId = String.valueOf(entry.fields().get("ticketId"));
            String ticket = entry.fields().get("ticket");
            if (ticket == null) {
                remove(ticketId);
            } else {
                put(Json.read(ticket, Ticket.class));
            }
        }
        return true;
    }

    void remove(String ticketId) {
        Ticket removed = tickets.remove(ticketId);
        if (removed != null && removed.createdAt().equals(oldest)) {
            oldest = null;
        }
    }

    /** Those that have waited until {@code created} or longer. */
    List<Ticket> createdUpTo(Instant created) {
        return tickets.values().stream()
                .filter(ticket -> !ticket.createdAt().isAfter(created))
                .toList();
    }

    /** When the one that waits longest was created. */
    Optional<Instant> oldest() {
        if (oldest == null) {
            oldest = tickets.values().stream()
                    .map(Ticket::createdAt)
                    .min(Instant::compareTo)
                    .orElse(null);
        }
        return Optional.ofNullable(oldest);
    }

    Collection<Ticket> all() {
        return tickets.values();
    }

    /** Whether Redis and this memory can be of one mind: what was only not read yet is no difference. */
    boolean agrees(long waitingInRedis, long seqInRedis) {
        if (seqInRedis > lastSeq) {
            return true;
        }
        return seqInRedis == lastSeq && waitingInRedis == tickets.size() + unusable;
    }

    /** The id after which arrivals were not read. */
    String lastEntry() {
        return lastSeq + "-0";
    }

    /** The first number that was not read. */
    long unread() {
        return lastSeq + 1;
    }

    private void put(Ticket ticket) {
        tickets.put(ticket.ticketId(), ticket);
        if (oldest != null && ticket.createdAt().isBefore(oldest)) {
            oldest = ticket.createdAt();
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
