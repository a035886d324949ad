package dev.paddock.manager.match;

import dev.paddock.protocol.Stop;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.MatchResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a match for good: what the stream {@code results} carries to MySQL, as JSON.
 *
 * @param state {@code ENDED} or {@code CANCELLED}
 * @param result of an ended match
 * @param reason of a cancelled one
 * @param standby whether its server stood ready
 * @param stops when it passed which stop; what is each player's own is with the player
 */
record FinishedMatch(
        String matchId,
        String mode,
        String region,
        MatchState state,
        List<FinishedPlayer> players,
        @Nullable MatchResult result,
        @Nullable String reason,
        @Nullable String serverId,
        @Nullable Boolean standby,
        Map<Stop, Instant> stops,
        Instant formedAt,
        Instant endedAt) {
    FinishedMatch {
        players = List.copyOf(players);
        stops = Map.copyOf(stops);
    }

    /** Whether it was played to its end, so that it counts. */
    boolean isPlayedOut() {
        return result != null && result.outcome() == MatchResult.Outcome.FINISHED;
    }

    /**
     * One of its players.
     *
     * @param queuedAt when the player's ticket began to wait, if still known
     * @param toldAt when {@code PlayerMatched} was written to the player's socket, if it was
     */
    record FinishedPlayer(
            MatchPlayer player,
            @Nullable Instant queuedAt,
            @Nullable Instant toldAt) {}
}
