package dev.paddock.manager.ticket;

import dev.paddock.manager.redis.StreamEntry;
import dev.paddock.protocol.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the stream {@code arrivals}: tickets that came together, one that came back or has changed, or one that left.
 * Each ticket has a number; the entry's is that of its last one.
 *
 * @param seq number of the last ticket
 * @param queued tickets that wait
 * @param left id of a ticket that waits no more
 */
public record Arrival(
        long seq, List<Ticket> queued, @Nullable String left) {
    public Arrival {
        queued = List.copyOf(queued);
    }

    /** @throws dev.paddock.protocol.MalformedException if it holds tickets that cannot be read */
    public static Arrival of(StreamEntry entry) {
        long seq = Long.parseLong(entry.id().substring(0, entry.id().indexOf('-')));
        String tickets = entry.fields().get("tickets");
        if (tickets != null) {
            return new Arrival(seq, List.of(Json.read(tickets, Ticket[].class)), null);
        }
        String ticket = entry.fields().get("ticket");
        return ticket == null
                ? new Arrival(seq, List.of(), String.valueOf(entry.fields().get("ticketId")))
                : new Arrival(seq, List.of(Json.read(ticket, Ticket.class)), null);
    }

    /** The number before its first one: that of the entry before it, if none was missed. */
    public long after() {
        return seq - Math.max(1, queued.size());
    }
}
