package dev.paddock.manager.match;

import dev.paddock.manager.matchmaking.FormedMatch;
import dev.paddock.manager.stop.Stops;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.match.StartReply;
import dev.paddock.protocol.mode.MatchLimits;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stop 3, {@code requested}: asks the director of the match's region for a server, and remembers what it said. */
@Singleton
final class Requests {
    private final DirectorClient director;
    private final MatchScripts scripts;
    private final DemandTeller demand;
    private final Stops stops;
    private final InstantSource time;

    Requests(DirectorClient director, MatchScripts scripts, DemandTeller demand, Stops stops, InstantSource time) {
        this.director = director;
        this.scripts = scripts;
        this.demand = demand;
        this.stops = stops;
        this.time = time;
    }

    /** Asks for a match's first server. */
    Seen begin(FormedMatch match) {
        demand.needs(match.mode(), match.region());
        return ask(match, 1);
    }

    /** Asks first, and writes it down while the server gets ready: Redis is not on the way of the request. */
    Seen ask(FormedMatch match, int attempt) {
        Instant askedAt = time.instant();
        Seen seen = director.start(match, attempt);
        String serverId = null;
        Boolean standby = null;
        if (seen instanceof Seen.Answered(StartReply.Assigned assigned)) {
            serverId = assigned.serverId();
            standby = assigned.standby();
        } else if (seen instanceof Seen.Answered(StartReply.Starting starting)) {
            serverId = starting.serverId();
            standby = false;
        }
        if (scripts.asked(match, attempt, askedAt, serverId, standby)) {
            stops.passed(
                    Stop.REQUESTED,
                    match.mode(),
                    "matchId=" + match.matchId(),
                    Duration.between(match.formedAt(), askedAt));
        }
        return seen;
    }

    /** Asks what became of the server that the match is settled on. */
    Seen check(StoredMatch match, String serverId) {
        return director.check(match.formed(), match.attempt(), serverId);
    }

    MatchLimits limits(String mode) {
        return director.limits(mode);
    }
}
