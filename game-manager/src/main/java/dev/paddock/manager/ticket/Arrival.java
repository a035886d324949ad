package dev.paddock.manager.ticket;

import dev.paddock.manager.redis.StreamEntry;
import dev.paddock.protocol.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the stream {@code arrivals}: tickets that came together, one that came back or has changed, or one that left;
 * or the seats that a running match offers. Each ticket has a number, and so has what is said of seats; the entry's is that
 * of its last one.
 *
 * @param seq number of the last ticket
 * @param queued tickets that wait
 * @param left id of a ticket that waits no more
 * @param seats what a running match offers, in place of what it offered before
 * @param shut id of a match that offers nothing any more
 */
public record Arrival(
        long seq,
        List<Ticket> queued,
        @Nullable String left,
        @Nullable SeatOffer seats,
        @Nullable String shut) {
    public Arrival {
        queued = List.copyOf(queued);
    }

    /** @throws dev.paddock.protocol.MalformedException if it holds tickets that cannot be read */
    public static Arrival of(StreamEntry entry) {
        long seq = Long.parseLong(entry.id().substring(0, entry.id().indexOf('-')));
        String tickets = entry.fields().get("tickets");
        if (tickets != null) {
            return new Arrival(seq, queued(tickets, entry.fields().get("without")), null, null, null);
        }
        String ticket = entry.fields().get("ticket");
        if (ticket != null) {
            Ticket queued = Json.read(ticket, Ticket.class);
            boolean returned = "true".equals(entry.fields().get("returned"));
            return new Arrival(seq, List.of(returned ? queued.waitingAgain() : queued), null, null, null);
        }
        String offer = entry.fields().get("offer");
        if (offer != null) {
            return new Arrival(seq, List.of(), null, Json.read(offer, SeatOffer.class), null);
        }
        String shut = entry.fields().get("shut");
        return shut == null
                ? new Arrival(seq, List.of(), String.valueOf(entry.fields().get("ticketId")), null, null)
                : new Arrival(seq, List.of(), null, null, shut);
    }

    /** @param without which of them were not let in, counted from 0, between spaces */
    private static List<Ticket> queued(String tickets, @Nullable String without) {
        Ticket[] all = Json.read(tickets, Ticket[].class);
        if (without == null || without.isEmpty()) {
            return List.of(all);
        }
        List<Ticket> queued = new ArrayList<>(Arrays.asList(all));
        for (String place : without.split(" ", -1)) {
            queued.set(Integer.parseInt(place), null);
        }
        queued.removeIf(Objects::isNull);
        return queued;
    }

    /** The number before its first one: that of the entry before it, if none was missed. */
    public long after() {
        return seq - Math.max(1, queued.size());
    }
}
