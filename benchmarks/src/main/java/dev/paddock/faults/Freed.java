package dev.paddock.faults;

import dev.paddock.faults.Remains.StoredMatch;
import dev.paddock.faults.Remains.StoredTicket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When the players of each ticket became free for another one, as far as Redis may have forgotten it: the ticket ended, or
 * its match did, shortly before Redis was killed.
 */
final class Freed {
    private final Map<String, List<Instant>> byTicket = new HashMap<>();
    private final Map<String, Set<String>> ticketsOf = new HashMap<>();
    private final Loss loss;

    private Freed(Loss loss) {
        this.loss = loss;
    }

    static Freed of(List<Told> history, Remains remains, Loss loss) {
        Freed freed = new Freed(loss);
        if (loss.isPossible()) {
            remains.matches().values().forEach(freed::stored);
            remains.tickets().values().forEach(freed::stored);
            // Redis may have forgotten the match, and clients know who was in it.
            for (Told told : history) {
                if (told instanceof Told.TicketIs is && is.matchId() != null) {
                    freed.ticketsOf
                            .computeIfAbsent(is.matchId(), id -> new HashSet<>())
                            .add(is.ticketId());
                }
            }
            history.forEach(freed::told);
        }
        return freed;
    }

    boolean mayBeForgotten(String ticket) {
        return byTicket.containsKey(ticket);
    }

    /** Of an end at a time between these. */
    boolean mayBeForgotten(String ticket, Instant from, Instant to) {
        return byTicket.getOrDefault(ticket, List.of()).stream().anyMatch(at -> at.isAfter(from) && at.isBefore(to));
    }

    private void stored(StoredMatch match) {
        Set<String> tickets = match.players().keySet();
        ticketsOf.put(match.matchId(), new HashSet<>(tickets));
        tickets.forEach(ticket -> free(ticket, match.endedAt()));
    }

    private void stored(StoredTicket ticket) {
        // One that is matched is over with its match.
        if (!ticket.state().equals("MATCHED")) {
            free(ticket.ticketId(), ticket.endedAt());
        }
    }

    private void told(Told told) {
        switch (told) {
            case Told.TicketIs(Instant at, var player, String ticket, String state, var match) -> {
                if (state.equals("CANCELLED") || state.equals("EXPIRED")) {
                    free(ticket, at);
                }
            }
            case Told.MatchIs(Instant at, var player, String match, var state, var reason) -> over(match, at);
            case Told.InSwarm(Instant at, String what, String match, var server) -> {
                if (what.equals("Heard")) {
                    over(match, at);
                }
            }
            default -> {}
        }
    }

    private void over(String match, Instant at) {
        ticketsOf.getOrDefault(match, Set.of()).forEach(ticket -> free(ticket, at));
    }

    private void free(String ticket, @Nullable Instant at) {
        if (at != null && loss.excuses(at)) {
            byTicket.computeIfAbsent(ticket, id -> new ArrayList<>()).add(at);
        }
    }
}
