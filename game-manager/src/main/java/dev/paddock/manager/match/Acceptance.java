package dev.paddock.manager.match;

import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import dev.paddock.manager.stop.Stops;
import dev.paddock.protocol.Stop;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In a mode with {@code acceptWithin}, the players of a match are asked before a director is:
 *
 * <pre>
 * commit ─▶ PROPOSED ─┬─ all accept ─────────────────▶ FORMED, on the stream of formed matches
 *    MatchFound       └─ one declines, or time is up ─▶ CANCELLED; those who are not to blame wait again
 * </pre>
 *
 * The deadline is the match's place in {@code live}, which every replica looks at.
 */
@Singleton
final class Acceptance {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptance.class);

    private final AcceptScripts accepting;
    private final MatchScripts scripts;
    private final Dissolving dissolving;
    private final Pushing pushing;
    private final Stops stops;
    private final InstantSource time;

    Acceptance(
            AcceptScripts accepting,
            MatchScripts scripts,
            Dissolving dissolving,
            Pushing pushing,
            Stops stops,
            InstantSource time) {
        this.accepting = accepting;
        this.scripts = scripts;
        this.dissolving = dissolving;
        this.pushing = pushing;
        this.stops = stops;
        this.time = time;
    }

    /** Said again, the answer is the same. */
    StoredMatch accept(StoredMatch match, String playerId) {
        Instant now = time.instant();
        switch (accepting.accept(match.formed(), playerId, now)) {
            case ACCEPTED -> {
                return told(match);
            }
            case FORMED -> {
                Instant queuedAt = match.at().getOrDefault(Stop.QUEUED, now);
                stops.passed(Stop.FORMED, match.mode(), "matchId=" + match.matchId(), Duration.between(queuedAt, now));
                return told(match);
            }
            case LATE -> dissolving.lapse(match);
            case OTHER -> LOG.debug("not asked about any more matchId={}", match.matchId());
        }
        StoredMatch found = again(match);
        if (found.state() == MatchState.CANCELLED || found.state() == MatchState.PROPOSED) {
            throw new ProblemException(ProblemType.MATCH_CANCELLED, "It was not accepted by all, or not in time.");
        }
        return found;
    }

    /** Ends a match that is being asked about; this player leaves the queue. Said again, the answer is the same. */
    StoredMatch decline(StoredMatch match, String playerId) {
        dissolving.decline(match, playerId);
        StoredMatch found = again(match);
        if (found.state() != MatchState.CANCELLED) {
            throw new ProblemException(ProblemType.ALREADY_IN_MATCH, "All have accepted; the match begins.");
        }
        return found;
    }

    private StoredMatch told(StoredMatch match) {
        StoredMatch found = again(match);
        pushing.found(found, time.instant());
        return found;
    }

    private StoredMatch again(StoredMatch match) {
        return scripts.find(match.mode(), match.matchId()).orElse(match);
    }
}
