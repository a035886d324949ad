package dev.paddock.director.fleet;

import dev.paddock.protocol.match.MatchEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What became of matches on their servers, and which of it a manager has heard; for {@link FleetLimits#REMEMBER}. */
final class Outcomes {
    private final Map<OnServer, Outcome> outcomes = new HashMap<>();
    private final Map<Said, Instant> heard = new HashMap<>();

    Optional<MatchEvent> of(String matchId, String serverId) {
        return Optional.ofNullable(outcomes.get(new OnServer(matchId, serverId)))
                .map(Outcome::event);
    }

    void remember(String serverId, MatchEvent event, Instant now) {
        outcomes.putIfAbsent(new OnServer(event.matchId(), serverId), new Outcome(event, now));
    }

    boolean wasHeard(Kind kind, String matchId, String serverId) {
        return heard.containsKey(new Said(kind, matchId, serverId));
    }

    void heard(MatchEvent event, Instant now) {
        switch (event) {
            case MatchEvent.Ready ready -> heard.put(new Said(Kind.READY, ready.matchId(), ready.serverId()), now);
            case MatchEvent.Ended ended -> heard.put(new Said(Kind.ENDED, ended.matchId(), ended.serverId()), now);
            case MatchEvent.Seats _ -> {
                // Said again from time to time, and to be told each time.
            }
            case MatchEvent.Failed failed -> {
                // A failure is not repeated by anyone but this director, which stops by itself.
            }
        }
    }

    void forgetBefore(Instant time) {
        outcomes.values().removeIf(outcome -> outcome.at().isBefore(time));
        heard.values().removeIf(at -> at.isBefore(time));
    }

    enum Kind {
        READY,
        ENDED
    }

    private record OnServer(String matchId, String serverId) {}

    private record Outcome(MatchEvent event, Instant at) {}

    private record Said(Kind kind, String matchId, String serverId) {}
}
