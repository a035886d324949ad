package dev.paddock.manager.ticket;

import java.time.Instant;
import java.util.List;

/**
 * Free seats of a match that runs, and whom one who takes such a seat will play with. It is good for one taking: then the
 * server says anew what is free.
 *
 * @param number which of the server's sayings this is; who takes a seat names it
 * @param roster the match's, with which the server said it
 * @param free by team from 0
 * @param teams the tickets of those who have a seat, by team; of a party only the players who are still there
 * @param formedAt the oldest match is filled first
 */
public record SeatOffer(
        String matchId,
        String mode,
        String region,
        int number,
        int roster,
        List<Integer> free,
        List<List<Ticket>> teams,
        Instant formedAt) {
    public SeatOffer {
        free = List.copyOf(free);
        teams = teams.stream().map(List::copyOf).toList();
        if (teams.stream().allMatch(List::isEmpty)) {
            throw new IllegalArgumentException("nobody plays in a match that offers seats: " + matchId);
        }
    }

    /** Those who have a seat. */
    public List<Ticket> tickets() {
        return teams.stream().flatMap(List::stream).toList();
    }

    /** The mean of the players' ratings. */
    public double rating() {
        double sum = 0;
        int players = 0;
        for (Ticket ticket : tickets()) {
            sum += ticket.rating() * ticket.players().size();
            players += ticket.players().size();
        }
        return sum / players;
    }
}
