package dev.paddock.manager.matchmaking;

import dev.paddock.manager.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the matcher found.
 *
 * @param nextMoment before which waiting alone brings nobody else together; null: waiting never will
 */
public record Proposals(List<Proposal> matches, @Nullable Instant nextMoment) {
    static final Proposals NONE = new Proposals(List.of(), null);

    public Proposals {
        matches = List.copyOf(matches);
    }

    /** Tickets that fit together, in their teams, and where they can all play. */
    public record Proposal(String region, List<List<Ticket>> teams) {
        public Proposal {
            teams = teams.stream().map(List::copyOf).toList();
        }

        /** All its tickets, team by team. */
        public List<Ticket> tickets() {
            return teams.stream().flatMap(List::stream).toList();
        }
    }
}
