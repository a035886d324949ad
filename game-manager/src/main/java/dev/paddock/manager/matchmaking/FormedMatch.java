package dev.paddock.manager.matchmaking;

import dev.paddock.protocol.frame.Frame.MatchFound;
import dev.paddock.protocol.match.MatchPlayer;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Players who were brought together: what the stream {@code matches} carries, as JSON. */
public record FormedMatch(String matchId, String mode, String region, List<FormedPlayer> players, Instant formedAt) {
    public FormedMatch {
        players = List.copyOf(players);
    }

    /** The players as servers and players see them. */
    public List<MatchPlayer> matchPlayers() {
        return players.stream().map(FormedPlayer::player).toList();
    }

    /** What a player is told while the players are asked. */
    public MatchFound found(Instant acceptBy, Set<String> accepted, String playerId, Instant at) {
        return new MatchFound(
                matchId + ".found." + accepted.size(),
                at,
                matchId,
                mode,
                acceptBy,
                accepted.size(),
                players.size(),
                accepted.contains(playerId));
    }

    /** A player, and the ticket that brought the player here. */
    public record FormedPlayer(String ticketId, MatchPlayer player) {}
}
