package dev.paddock.manager.matchmaking;

import dev.paddock.manager.ticket.SeatOffer;
import dev.paddock.manager.ticket.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the matcher found.
 *
 * @param seatings who gets free seats of matches that run
 * @param nextMoment before which waiting alone brings nobody else together; null: waiting never will
 */
public record Proposals(
        List<Proposal> matches,
        List<Seating> seatings,
        @Nullable Instant nextMoment) {
    static final Proposals NONE = new Proposals(List.of(), List.of(), null);

    public Proposals {
        matches = List.copyOf(matches);
        seatings = List.copyOf(seatings);
    }

    /** Tickets that fit together, in their teams, and where they can all play. */
    public record Proposal(String region, List<List<Ticket>> teams) {
        public Proposal {
            List<List<Ticket>> copies = new ArrayList<>(teams.size());
            teams.forEach(team -> copies.add(List.copyOf(team)));
            teams = List.copyOf(copies);
        }

        /** All its tickets, team by team. */
        public List<Ticket> tickets() {
            return teams.stream().flatMap(List::stream).toList();
        }
    }

    /** Tickets that take free seats of one match. */
    public record Seating(SeatOffer offer, List<Joining> joining) {
        public Seating {
            joining = List.copyOf(joining);
        }

        public List<Ticket> tickets() {
            return joining.stream().map(Joining::ticket).toList();
        }
    }

    /** A ticket, and the team that it joins. */
    public record Joining(Ticket ticket, int team) {}
}
