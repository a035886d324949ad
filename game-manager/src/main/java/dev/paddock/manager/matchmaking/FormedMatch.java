package dev.paddock.manager.matchmaking;

import dev.paddock.protocol.frame.Frame.MatchFound;
import dev.paddock.protocol.match.MatchPlayer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Players who were brought together: what the stream {@code matches} carries, as JSON.
 *
 * @param roster that of those who joined it last, while it ran; null: nobody has
 */
public record FormedMatch(
        String matchId,
        String mode,
        String region,
        List<FormedPlayer> players,
        Instant formedAt,
        @Nullable Integer roster) {
    public FormedMatch {
        players = List.copyOf(players);
    }

    /** A match that nobody has joined since it was formed. */
    public FormedMatch(String matchId, String mode, String region, List<FormedPlayer> players, Instant formedAt) {
        this(matchId, mode, region, players, formedAt, null);
    }

    /** The same match with those who join it; who was there before is there once. */
    public FormedMatch with(SeatsTaken taken) {
        Stream<FormedPlayer> others =
                players.stream().filter(player -> taken.players().stream().noneMatch(player::isSamePlayer));
        return new FormedMatch(
                matchId,
                mode,
                region,
                Stream.concat(others, taken.players().stream()).toList(),
                formedAt,
                taken.roster());
    }

    /** Whether they play in it. */
    public boolean has(SeatsTaken taken) {
        return taken.players().stream()
                .allMatch(one -> players.stream()
                        .anyMatch(player ->
                                player.isSamePlayer(one) && player.ticketId().equals(one.ticketId())));
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
    public record FormedPlayer(String ticketId, MatchPlayer player) {
        boolean isSamePlayer(FormedPlayer other) {
            return player.playerId().equals(other.player.playerId());
        }
    }
}
