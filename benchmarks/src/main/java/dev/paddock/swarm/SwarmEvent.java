package dev.paddock.swarm;

import java.time.Instant;
import java.util.List;

/** What happened in a swarm, as it happened there. */
public sealed interface SwarmEvent {
    Instant at();

    String matchId();

    String serverId();

    /** A server has taken the match. */
    record Taken(Instant at, String matchId, String serverId) implements SwarmEvent {}

    /** It begins to play, and to say {@code ready}. */
    record Ready(Instant at, String matchId, String serverId) implements SwarmEvent {}

    /** From now on these may play there, and nobody else: it begins, or others have got a free seat, or come not after all. */
    record Plays(Instant at, String matchId, String serverId, List<String> players) implements SwarmEvent {
        public Plays {
            players = List.copyOf(players);
        }
    }

    /** A manager has heard the result. */
    record Heard(Instant at, String matchId, String serverId) implements SwarmEvent {}

    /** The server is gone without a result. */
    record Died(Instant at, String matchId, String serverId) implements SwarmEvent {}

    /** The server was told that it is not wanted, by a manager or for the sake of another attempt. */
    record Retired(Instant at, String matchId, String serverId) implements SwarmEvent {}

    /** No manager has heard what was said of it for as long as a director says it. */
    record Unheard(Instant at, String matchId, String serverId) implements SwarmEvent {}
}
