package dev.paddock.manager.match;

import dev.paddock.manager.stop.Stops;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.frame.Frame.PlayerMatched;
import dev.paddock.protocol.match.MatchEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What other packages may know of matches. */
@Singleton
public final class Matches {
    private final MatchScripts scripts;
    private final Stops stops;

    Matches(MatchScripts scripts, Stops stops) {
        this.scripts = scripts;
        this.stops = stops;
    }

    public boolean isLive(String mode, String matchId) {
        return scripts.find(mode, matchId).map(match -> match.state().isLive()).orElse(false);
    }

    /** What the players of a match are told while it has a server: the same frame each time, without a join token. */
    public Optional<PlayerMatched> matchedFrame(String mode, String matchId) {
        return scripts.find(mode, matchId)
                .filter(match -> match.state() == MatchState.READY)
                .flatMap(Matches::frame);
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
        Instant settledAt = match.at().getOrDefault(Stop.SETTLED, match.formed().formedAt());
        return Optional.of(Pushing.matchedFrame(match.formed(), ready, settledAt));
    }
}
