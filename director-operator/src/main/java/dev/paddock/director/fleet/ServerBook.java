package dev.paddock.director.fleet;

import dev.paddock.director.backend.Placement;
import dev.paddock.director.backend.ServerExit;
import dev.paddock.director.mode.KnownMode;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import dev.paddock.protocol.server.ServerEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a director knows of its region's servers and their matches: in memory, told by the servers themselves. It decides
 * and never acts: each method takes what happened and returns what to do, under one lock that no input or output is
 * done in.
 *
 * <pre>
 * STARTING ─heard→ STANDBY ─take→ ASSIGNED ─ready→ RUNNING ─ended→ RETIRING ─exit→ (forgotten)
 *     ╰──────────cold start, ready with its match──────▲
 * </pre>
 *
 * <p>Which match a server serves is the server's own truth: what it says of its match wins over what is written here. Two
 * directors may therefore hold books of the same servers without a lock between them; only the one that a server belongs
 * to ({@link Placement#mine}) hands it out, and the others speak for it when nobody else does.
 *
 * <p>Records what happened; {@link Choice} finds a server for a match, {@link Sweep} what follows from time.
 */
public final class ServerBook {
    private final Fleet fleet;
    private final Choice choice;
    private final Sweep sweep;

    public ServerBook(FleetLimits limits, Instant now) {
        this.fleet = new Fleet(limits, now);
        this.choice = new Choice(fleet);
        this.sweep = new Sweep(fleet);
    }

    /** The servers are heard from now on; whoever was silent before had no way to speak. */
    public synchronized void listening(Instant now) {
        fleet.listeningSince = now;
    }

    /**
     * What to do about a manager's request.
     *
     * @param freshId the id of the server, should a new one have to be started
     */
    public synchronized Start start(StartMatch request, KnownMode mode, String freshId, Instant now) {
        return choice.start(request, mode, freshId, now);
    }

    /** The standby that was taken has accepted. */
    public synchronized StartReply.Assigned accepted(String matchId, String serverId, Instant now) {
        Tracked server = fleet.servers.get(serverId);
        if (server != null && server.serves(matchId)) {
            // Its "ready" may have overtaken its answer.
            server.stops.putIfAbsent(Stop.ASSIGNED, now);
        }
        return new StartReply.Assigned(serverId, true, now);
    }

    /** The standby that was taken has refused, or did not answer: it gets no other match from here. */
    public synchronized void refused(String matchId, String serverId, Instant now) {
        KnownMatch match = fleet.matches.get(matchId);
        if (match != null && serverId.equals(match.serverId)) {
            // One that was given up before may have said meanwhile that it has the match.
            match.serverId = fleet.servers.values().stream()
                    .filter(other -> other.serves(matchId) && other.stops.containsKey(Stop.READY))
                    .filter(other -> other.exit == null && !other.ended)
                    .map(other -> other.serverId)
                    .findFirst()
                    .orElse(null);
        }
        Tracked server = fleet.servers.get(serverId);
        if (server != null) {
            // It may have accepted all the same, too late; what it says of its match then counts.
            server.handedOutHere = false;
            server.retire(now);
        }
    }

    /** A new standby is being started. False: there are as many servers as there may be. */
    public synchronized boolean declare(String serverId, String mode, Instant now) {
        if (fleet.isFull()) {
            return false;
        }
        fleet.servers.put(serverId, new Tracked(serverId, mode, now));
        return true;
    }

    /** The backend has started a server that was declared. */
    public synchronized StartReply.Assigned started(Placement placement, Instant now) {
        Tracked server = fleet.servers.get(placement.serverId());
        Instant assigned = now;
        if (server != null) {
            server.placement = placement;
            if (server.matchId != null) {
                server.stops.put(Stop.STARTED, now);
                assigned = server.stops.getOrDefault(Stop.ASSIGNED, now);
            }
        }
        return new StartReply.Assigned(placement.serverId(), false, assigned);
    }

    /** The backend could not start a server that was declared. */
    public synchronized void notStarted(String serverId) {
        Tracked server = fleet.servers.remove(serverId);
        if (server == null || server.matchId == null) {
            return;
        }
        KnownMatch match = fleet.matches.get(server.matchId);
        if (match != null && serverId.equals(match.serverId)) {
            match.serverId = null;
        }
    }

    // ---- what servers say

    /** What the backend says of a server. A new one is heard of from now on. */
    public synchronized void learn(Placement placement, Instant now) {
        Tracked server = fleet.servers.get(placement.serverId());
        if (server == null) {
            server = new Tracked(placement.serverId(), placement.mode(), now);
            server.takenOver = true;
            fleet.servers.put(placement.serverId(), server);
        }
        server.placement = placement;
    }

    public synchronized EventStep ready(ServerEvent.Ready event, Instant now) {
        Optional<EventStep> doubt =
                observe(event.serverId(), event.mode(), event.matchId(), event.ports(), event.publicKeySha256(), now);
        if (doubt.isPresent()) {
            return doubt.get();
        }
        Tracked server = Objects.requireNonNull(fleet.servers.get(event.serverId()));
        if (server.dismissed) {
            return new EventStep.AnswerHeard();
        }
        if (event.matchId() == null) {
            return speaksForItHere(server, server.mine()) ? new EventStep.AnswerHeard() : new EventStep.Leave();
        }
        if (fleet.outcomes.wasHeard(Outcomes.Kind.READY, event.matchId(), event.serverId())) {
            return new EventStep.AnswerHeard();
        }
        // Who is ready was assigned, also if the answer came too late to count, or has not come yet.
        server.stops.putIfAbsent(Stop.ASSIGNED, now);
        server.stops.putIfAbsent(Stop.READY, now);
        return speaksForItHere(server, server.handedOutHere)
                ? new EventStep.Tell(
                        fleet.readyEvent(server, Objects.requireNonNull(server.placement), event.matchId()))
                : new EventStep.Leave();
    }

    /** Only {@link EventStep.Leave}, {@link EventStep.Distrust} or {@link EventStep.LookUp}. */
    public synchronized EventStep heartbeat(ServerEvent.Heartbeat event, Instant now) {
        Optional<EventStep> doubt =
                observe(event.serverId(), event.mode(), event.matchId(), event.ports(), event.publicKeySha256(), now);
        Optional.ofNullable(fleet.servers.get(event.serverId()))
                .ifPresent(server -> server.connected = event.players());
        return doubt.orElseGet(EventStep.Leave::new);
    }

    /**
     * Told each time, not only once: a manager that hears it again sees whether it is lost. Only {@link EventStep.Tell},
     * {@link EventStep.AnswerHeard}, {@link EventStep.Leave}, {@link EventStep.Distrust} or {@link EventStep.LookUp}.
     */
    public synchronized EventStep seats(ServerEvent.Seats event, Instant now) {
        Tracked server = fleet.servers.get(event.serverId());
        if (server == null || server.placement == null) {
            return new EventStep.LookUp(event.serverId());
        }
        if (server.matchId == null) {
            // A director that has just started; the next heartbeat says which match it is.
            return new EventStep.Leave();
        }
        if (!server.serves(event.matchId())) {
            return new EventStep.Distrust("it serves another match");
        }
        if (server.dismissed || server.ended) {
            return new EventStep.AnswerHeard();
        }
        server.heardAt = now;
        return server.seatsAreTold(event.number()) ? new EventStep.Tell(server.seats(event)) : new EventStep.Leave();
    }

    /** A server has spoken that no backend of this director has. */
    public synchronized void foreign(ServerEvent event, Instant now) {
        switch (event) {
            case ServerEvent.Ready ready -> fleet.foreign.heard(ready.serverId(), ready.matchId(), now);
            case ServerEvent.Heartbeat heartbeat -> fleet.foreign.heard(heartbeat.serverId(), heartbeat.matchId(), now);
            case ServerEvent.Seats seats -> fleet.foreign.heard(seats.serverId(), seats.matchId(), now);
            case ServerEvent.Ended ended -> fleet.foreign.heard(ended.serverId(), ended.matchId(), now);
        }
    }

    public synchronized EventStep ended(ServerEvent.Ended event, Instant now) {
        Tracked server = fleet.servers.get(event.serverId());
        if (server != null && server.matchId != null && !server.serves(event.matchId())) {
            return new EventStep.Distrust("it serves another match");
        }
        if (fleet.outcomes.wasHeard(Outcomes.Kind.ENDED, event.matchId(), event.serverId())) {
            return new EventStep.AnswerHeard();
        }
        MatchEvent.Ended told =
                new MatchEvent.Ended(event.matchId(), event.mode(), event.serverId(), event.result(), event.at());
        fleet.outcomes.remember(event.serverId(), told, now);
        if (server == null) {
            return new EventStep.Tell(told);
        }
        server.heardAt = now;
        server.matchId = event.matchId();
        server.ended = true;
        server.enter(Phase.RETIRING, now);
        return speaksForItHere(server, server.handedOutHere) ? new EventStep.Tell(told) : new EventStep.Leave();
    }

    /** A manager has heard this event. */
    public synchronized void heard(MatchEvent event, Instant now) {
        fleet.outcomes.heard(event, now);
        if (event instanceof MatchEvent.Ready ready) {
            isServed(ready.matchId(), ready.serverId(), now);
        }
    }

    /**
     * The managers keep the first server that they hear of. One that has not spoken yet comes too late, whichever they
     * kept: a standby that accepted late, say, has overtaken the server that was started in its place. Between servers
     * that have spoken the managers decide.
     */
    private void isServed(String matchId, String serverId, Instant now) {
        KnownMatch match = fleet.matches.get(matchId);
        Tracked first = fleet.servers.get(serverId);
        for (Tracked server : fleet.servers.values()) {
            if (server.serves(matchId) && server != first && server.phase == Phase.STARTING) {
                server.dismiss(now);
                if (match != null && server.serverId.equals(match.serverId)) {
                    match.serverId = null;
                }
            }
        }
        if (match != null && first != null && match.serverId == null && !first.dismissed && !first.ended) {
            match.giveTo(serverId, first.takenAt != null);
            first.unwanted = false;
            first.enter(Phase.RUNNING, now);
        }
    }

    /**
     * Whether this director is the one to speak: it handed the server out, or the server repeats itself, so that the one
     * who did must be away.
     */
    private static boolean speaksForItHere(Tracked server, boolean own) {
        server.repeats++;
        return own || server.repeats > 1;
    }

    private Optional<EventStep> observe(
            String serverId,
            String mode,
            @Nullable String matchId,
            Map<String, Integer> ports,
            String publicKeySha256,
            Instant now) {
        Tracked server = fleet.servers.get(serverId);
        if (server == null || server.placement == null || server.placement.host() == null) {
            return Optional.of(new EventStep.LookUp(serverId));
        }
        if (!server.placement.publicKeySha256().equals(publicKeySha256)) {
            return Optional.of(new EventStep.Distrust("its key is not the one that it was given"));
        }
        if (!server.mode.equals(mode)) {
            return Optional.of(new EventStep.Distrust("it is of mode " + server.mode + ", not " + mode));
        }
        server.heardAt = now;
        server.ports = ports;
        if (matchId != null && !server.ended) {
            serves(server, matchId, now);
        }
        if (matchId == null && server.phase == Phase.STARTING && server.matchId == null) {
            server.enter(Phase.STANDBY, now);
            server.repeats = 0;
        }
        return Optional.empty();
    }

    private void serves(Tracked server, String matchId, Instant now) {
        if (!server.serves(matchId)) {
            forgetMatchOf(server);
            server.matchId = matchId;
            server.repeats = 0;
        }
        KnownMatch match = fleet.matches.computeIfAbsent(matchId, id -> new KnownMatch(id, now));
        if (match.serverId == null || !fleet.servers.containsKey(match.serverId)) {
            match.giveTo(server.serverId, true);
        }
        if (server.phase != Phase.RETIRING) {
            server.enter(Phase.RUNNING, now);
        }
    }

    private void forgetMatchOf(Tracked server) {
        KnownMatch wrong = server.matchId == null ? null : fleet.matches.get(server.matchId);
        if (wrong != null && server.serverId.equals(wrong.serverId)) {
            wrong.serverId = null;
        }
        server.handedOutHere = false;
    }

    /** Nobody wants this standby any more; false: it has got a match meanwhile. */
    public synchronized boolean retire(String serverId, Instant now) {
        Tracked server = fleet.servers.get(serverId);
        if (server == null || server.matchId != null) {
            return false;
        }
        server.retire(now);
        return true;
    }

    /**
     * Retires this director's servers without a match, and names them. Not those that were taken over and have not
     * spoken: one of them may have a match.
     */
    public synchronized List<String> retireIdle(Instant now) {
        List<Tracked> idle = fleet.servers.values().stream()
                .filter(server -> server.mine() && server.exit == null && server.matchId == null)
                .filter(server -> !(server.takenOver && server.phase == Phase.STARTING))
                .toList();
        idle.forEach(server -> server.retire(now));
        return idle.stream().map(server -> server.serverId).toList();
    }

    /** How many of this director's servers have a match. */
    public synchronized long withMatch() {
        return fleet.servers.values().stream()
                .filter(server -> server.mine() && server.exit == null && server.matchId != null)
                .count();
    }

    /**
     * A match does not want this server any more. True if it is to be told so; also one that is not known here, because
     * its own director may be away, and a server has one match in its life. False: it serves another match.
     */
    public synchronized boolean release(String serverId, String matchId, Instant now) {
        Tracked server = fleet.servers.get(serverId);
        if (server == null) {
            return true;
        }
        if (!server.serves(matchId)) {
            return false;
        }
        server.dismiss(now);
        return true;
    }

    /** How many more servers may run. */
    public synchronized int room() {
        return fleet.room();
    }

    /** Its process or pod is gone. */
    public synchronized void exited(ServerExit exit, Instant now) {
        Tracked server = fleet.servers.get(exit.serverId());
        if (server != null && server.exit == null) {
            server.exit = exit;
            server.exitAt = now;
        }
    }

    /**
     * What follows from the time that has gone by; called several times a second.
     *
     * @param connected whether servers can be heard at this moment; if not, silence says nothing of them
     */
    public synchronized List<Consequence> sweep(Instant now, boolean connected) {
        return sweep.after(now, connected);
    }

    /** What is known of one server; empty: nothing. */
    public synchronized Optional<ServerView> view(String serverId) {
        return Optional.ofNullable(fleet.servers.get(serverId)).map(Tracked::view);
    }

    /** This director's own servers. */
    public synchronized List<ServerView> mine() {
        return fleet.servers.values().stream()
                .filter(server -> server.mine() && server.exit == null)
                .map(Tracked::view)
                .toList();
    }
}
