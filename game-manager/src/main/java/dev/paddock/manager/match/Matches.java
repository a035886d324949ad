package dev.paddock.manager.match;

import dev.paddock.manager.stop.Stops;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.frame.Frame.MatchFound;
import dev.paddock.protocol.frame.Frame.PlayerMatched;
import dev.paddock.protocol.match.MatchEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What other packages may know of matches. */
@Singleton
public final class Matches {
    private final MatchScripts scripts;
    private final Stops stops;

    Matches(MatchScripts scripts, Stops stops) {
        this.scripts = scripts;
        this.stops = stops;
    }

    /** A match of this player that is not over; one round trip. Nobody is told of a match before its server has agreed. */
    public Optional<LiveMatch> live(String mode, String matchId, String playerId) {
        return scripts.find(mode, matchId)
                .filter(match -> match.state().isLive() && match.hasPlayer(playerId))
                .map(match -> new LiveMatch(
                        match.state() == MatchState.READY ? frame(match).orElse(null) : null,
                        match.state() == MatchState.PROPOSED
                                ? Pushing.foundFrame(
                                                match, playerId, match.formed().formedAt())
                                        .orElse(null)
                                : null));
    }

    /** Marks stop 9, {@code told}: the frame was written to the player's socket. Blocks; the first time counts. */
    public void told(PlayerMatched frame, String playerId, Instant at) {
        if (scripts.told(frame.mode(), frame.matchId(), playerId, at)) {
            stops.passed(
                    Stop.TOLD,
                    frame.mode(),
                    "matchId=" + frame.matchId() + " playerId=" + playerId,
                    Duration.between(frame.at(), at));
        }
    }

    private static Optional<PlayerMatched> frame(StoredMatch match) {
        MatchEvent.Ready ready = match.ready();
        if (ready == null) {
            return Optional.empty();
        }
        return Optional.of(Pushing.matchedFrame(match.formed(), ready, match.matchedAt()));
    }

    /**
     * A match that is not over.
     *
     * @param matched what its players are told once it has a server: the same frame each time, without a join token
     * @param found what the player is told while the players are being asked
     */
    public record LiveMatch(
            @Nullable PlayerMatched matched, @Nullable MatchFound found) {}
}
