package dev.paddock.manager.matchmaking;

import dev.paddock.protocol.match.MatchPlayer;
import java.time.Instant;
import java.util.List;

/** Players who were brought together: what the stream {@code matches} carries, as JSON. */
public record FormedMatch(String matchId, String mode, String region, List<FormedPlayer> players, Instant formedAt) {
    public FormedMatch {
        players = List.copyOf(players);
    }

    /** The players as servers and players see them. */
    public List<MatchPlayer> matchPlayers() {
        return players.stream().map(FormedPlayer::player).toList();
    }

    /** A player, and the ticket that brought the player here. */
    public record FormedPlayer(String ticketId, MatchPlayer player) {}
}
