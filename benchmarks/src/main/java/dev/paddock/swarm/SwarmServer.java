package dev.paddock.swarm;

import dev.paddock.protocol.Stop;
import dev.paddock.protocol.match.Endpoint;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.Standing;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One game server of a swarm, for one match in its life. */
final class SwarmServer {
    private enum State {
        STARTING,
        PLAYING,
        ENDED,
        DIED,
        RETIRED
    }

    private final StartMatch start;
    private final String serverId;
    private final Instant assignedAt;
    private final SwarmSeats seats;
    private State state = State.STARTING;
    private Instant changedAt;

    SwarmServer(StartMatch start, Instant now) {
        this.start = start;
        this.serverId = start.matchId() + "-" + start.attempt();
        this.assignedAt = now;
        this.seats = new SwarmSeats(start, serverId);
        this.changedAt = now;
    }

    StartMatch start() {
        return start;
    }

    String serverId() {
        return serverId;
    }

    SwarmSeats seats() {
        return seats;
    }

    synchronized boolean isPlaying() {
        return state == State.PLAYING;
    }

    int attempt() {
        return start.attempt();
    }

    /** Whether it began now. */
    synchronized boolean play(Instant now) {
        return change(State.STARTING, State.PLAYING, now);
    }

    synchronized boolean end(Instant now) {
        return change(State.PLAYING, State.ENDED, now);
    }

    synchronized boolean die(Instant now) {
        return change(State.PLAYING, State.DIED, now);
    }

    /** Whether it had not ended in another way before. */
    synchronized boolean retire(Instant now) {
        return change(State.STARTING, State.RETIRED, now) || change(State.PLAYING, State.RETIRED, now);
    }

    private boolean change(State from, State to, Instant now) {
        if (state != from) {
            return false;
        }
        state = to;
        changedAt = now;
        return true;
    }

    /** What a director says of it when it is asked for this match. */
    synchronized StartReply reply() {
        return switch (state) {
            case STARTING -> new StartReply.Assigned(serverId, true, assignedAt);
            case PLAYING -> new StartReply.Running(ready());
            case ENDED -> new StartReply.Over(ended());
            case DIED -> new StartReply.Over(failed());
            case RETIRED -> new StartReply.Gone(serverId);
        };
    }

    synchronized boolean hasEnded() {
        return state == State.ENDED;
    }

    /** Names the server in the place of its key, so that a player's frame says which one the player was sent to. */
    synchronized MatchEvent.Ready ready() {
        Endpoint endpoint = new Endpoint("203.0.113.7", Map.of("tcp", 40123), "none", serverId);
        Map<Stop, Instant> stops = Map.of(Stop.ASSIGNED, assignedAt, Stop.READY, changedAt);
        return new MatchEvent.Ready(start.matchId(), start.mode(), serverId, endpoint, stops);
    }

    /** The players' order is the order of their places. */
    synchronized MatchEvent.Ended ended() {
        List<Standing> standings = new ArrayList<>();
        seats.players()
                .forEach(
                        player -> standings.add(new Standing(player.playerId(), standings.size() + 1, null, Map.of())));
        MatchResult result = new MatchResult(MatchResult.Outcome.FINISHED, standings);
        return new MatchEvent.Ended(start.matchId(), start.mode(), serverId, result, changedAt);
    }

    synchronized MatchEvent.Failed failed() {
        return new MatchEvent.Failed(
                start.matchId(), start.mode(), serverId, "server-lost", "it died in the swarm", changedAt);
    }
}
