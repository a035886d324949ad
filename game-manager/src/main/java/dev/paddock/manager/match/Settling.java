package dev.paddock.manager.match;

import dev.paddock.manager.match.MatchScripts.Settlement;
import dev.paddock.manager.matchmaking.FormedMatch;
import dev.paddock.manager.stop.Stops;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.match.MatchEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops 7 and 8, {@code settled} and {@code pushed}: the first server that is ready has the match, and the players hear
 * of it. One script, then one publish per player; all else comes after.
 *
 * <pre>
 * ready ─▶ settle.lua ─┬─ SETTLED, AGAIN ─▶ push to each player ─▶ flush ─▶ off the stream
 *                      ├─ UNWANTED ───────▶ the director stops this server
 *                      └─ OVER, UNKNOWN ──▶ nothing
 * </pre>
 */
@Singleton
final class Settling {
    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

    private final MatchScripts scripts;
    private final Pushing pushing;
    private final DirectorClient director;
    private final Stops stops;
    private final InstantSource time;

    Settling(MatchScripts scripts, Pushing pushing, DirectorClient director, Stops stops, InstantSource time) {
        this.scripts = scripts;
        this.pushing = pushing;
        this.director = director;
        this.stops = stops;
        this.time = time;
    }

    void settle(MatchEvent.Ready ready) {
        Settlement settlement = scripts.settle(ready, time.instant());
        Instant settledAt = settlement.settledAt();
        FormedMatch match = settlement.formed();
        if (match == null) {
            // Longer ago than Redis remembers. Nobody can join that server; it gives up by itself.
            LOG.warn("ready for an unknown match matchId={} serverId={}", ready.matchId(), ready.serverId());
            return;
        }
        switch (settlement.outcome()) {
            case SETTLED -> {
                boolean pushed = pushing.matched(match, ready, settledAt);
                passedSettled(ready, settledAt);
                finish(match, settlement.entry(), pushed, settledAt);
            }
            case AGAIN -> push(match, ready, settlement.entry(), settledAt);
            case UNWANTED -> director.stop(match, ready.serverId(), "the match has another server, or was cancelled");
            case OVER, UNKNOWN -> LOG.info("ready after the end matchId={}", ready.matchId());
        }
    }

    /** Tells the players of a match that is settled already: whoever settled it may have died before. */
    void push(FormedMatch match, MatchEvent.Ready ready, String entry, Instant settledAt) {
        finish(match, entry, pushing.matched(match, ready, settledAt), settledAt);
    }

    private void finish(FormedMatch match, String entry, boolean pushed, Instant settledAt) {
        if (!pushed) {
            // Stays on the stream, and so comes again.
            LOG.warn("not pushed yet matchId={} mode={}", match.matchId(), match.mode());
            return;
        }
        Instant pushedAt = time.instant();
        if (scripts.pushed(match.mode(), match.matchId(), entry, pushedAt)) {
            passed(Stop.PUSHED, match.mode(), match.matchId(), settledAt, pushedAt);
        }
    }

    private void passedSettled(MatchEvent.Ready ready, Instant settledAt) {
        Instant readyAt = ready.stops().getOrDefault(Stop.READY, settledAt);
        passed(Stop.SETTLED, ready.mode(), ready.matchId() + " serverId=" + ready.serverId(), readyAt, settledAt);
    }

    private void passed(Stop stop, String mode, String match, Instant from, Instant to) {
        stops.passed(stop, mode, "matchId=" + match, Duration.between(from, to));
    }
}
