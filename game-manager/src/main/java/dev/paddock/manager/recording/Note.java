package dev.paddock.manager.recording;

import dev.paddock.manager.redis.StreamEntry;
import dev.paddock.manager.ticket.Ticket;
import java.time.Instant;
import java.util.List;

/** What the matchmaking loop tells the {@link Recorder}: what it has in its hands anyway, not yet read or copied. */
public sealed interface Note {
    Instant at();

    /** The queue was read anew; these tickets wait. */
    record Loaded(Instant at, List<Ticket> waiting) implements Note {
        public Loaded {
            waiting = List.copyOf(waiting);
        }
    }

    /** Entries of the stream {@code arrivals}: tickets that came, or were taken back. */
    record Arrived(Instant at, List<StreamEntry> entries) implements Note {}

    /** These tickets took seats of a match that runs. */
    record Seated(Instant at, List<String> ticketIds) implements Note {
        public Seated {
            ticketIds = List.copyOf(ticketIds);
        }
    }

    /** A match was formed of these tickets. */
    record Formed(Instant at, String region, List<List<String>> teams) implements Note {}
}
