package dev.paddock.protocol.match;

import java.util.List;

/**
 * Manager → director → server: these are the players of the match that runs. Answered by the server's {@link
 * dev.paddock.protocol.server.ServerReply}: {@code Accepted}, or {@code Refused} with {@code no-free-seat} (there are fewer
 * free seats by now than it would take), {@code has-another-match} or {@code match-over}. Safe to say again: an equal roster
 * is answered as before, and a lower one is passed over with {@code old-roster}.
 *
 * @param roster from 1, higher with each change
 * @param players all of them, those who began the match too
 */
public record SeatPlayers(String matchId, String serverId, int roster, List<MatchPlayer> players) {
    public SeatPlayers {
        players = List.copyOf(players);
    }
}
