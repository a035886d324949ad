package dev.paddock.manager.match;

import dev.paddock.manager.match.FinishedMatch.FinishedPlayer;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.match.Endpoint;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.MatchResult;
import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A match as one of its players sees it.
 *
 * @param server while {@code READY}
 * @param result once {@code ENDED}
 * @param reason once {@code CANCELLED}: {@code no-server}, {@code server-lost}, {@code not-accepted}, {@code
 *     declined}
 * @param timeline when it passed which stop; {@code queued} and {@code told} are the player's own
 * @param standby whether its server stood ready; absent while that is not known
 */
@Introspected
record MatchView(
        String matchId,
        String mode,
        MatchState state,
        String region,
        List<MatchPlayer> players,
        @Nullable Endpoint server,
        @Nullable MatchResult result,
        @Nullable String reason,
        Map<Stop, Instant> timeline,
        @Nullable Boolean standby) {

    /** @param queuedAt when the player's ticket began to wait, if still known */
    static MatchView of(StoredMatch match, String playerId, @Nullable Instant queuedAt) {
        return new MatchView(
                match.matchId(),
                match.mode(),
                match.state(),
                match.formed().region(),
                match.formed().matchPlayers(),
                match.endpoint(),
                match.result(),
                match.reason(),
                timeline(match.at(), queuedAt, match.told().get(playerId)),
                match.standby());
    }

    static MatchView of(FinishedMatch match, String playerId) {
        FinishedPlayer self = match.players().stream()
                .filter(player -> player.player().playerId().equals(playerId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "playerId=" + playerId + " was not in matchId=" + match.matchId()));
        return new MatchView(
                match.matchId(),
                match.mode(),
                match.state(),
                match.region(),
                match.players().stream().map(FinishedPlayer::player).toList(),
                null,
                match.result(),
                match.reason(),
                timeline(match.stops(), self.queuedAt(), self.toldAt()),
                match.standby());
    }

    private static Map<Stop, Instant> timeline(
            Map<Stop, Instant> stops, @Nullable Instant queuedAt, @Nullable Instant toldAt) {
        Map<Stop, Instant> timeline = new EnumMap<>(Stop.class);
        timeline.putAll(stops);
        if (queuedAt != null) {
            timeline.put(Stop.QUEUED, queuedAt);
        }
        if (toldAt != null) {
            timeline.put(Stop.TOLD, toldAt);
        }
        return timeline;
    }
}
