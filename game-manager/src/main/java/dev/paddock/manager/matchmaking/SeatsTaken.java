package dev.paddock.manager.matchmaking;

import dev.paddock.manager.matchmaking.FormedMatch.FormedPlayer;
import java.time.Instant;
import java.util.List;

/**
 * Players who are under way to free seats of a match that runs, until its server has answered: what the match's hash holds as
 * {@code seating}, in JSON.
 *
 * @param roster the match's, with them; it tells this taking from all others of the match
 */
public record SeatsTaken(String matchId, String mode, int roster, List<FormedPlayer> players, Instant at) {
    public SeatsTaken {
        players = List.copyOf(players);
    }
}
