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
import java.util.Optional;

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
 * <p>{@link Choice} finds a server for a match, {@link Hearing} takes in what servers say, {@link Sweep} finds what follows
 * from time.
 */
public final class ServerBook {
    private final Fleet fleet;
    private final Choice choice;
    private final Sweep sweep;
    private final Hearing hearing;

    public ServerBook(FleetLimits limits, Instant now) {
        this.fleet = new Fleet(limits, now);
        this.choice = new Choice(fleet);
        this.sweep = new Sweep(fleet);
        this.hearing = new Hearing(fleet);
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
    public synchronized boolean declare(String serverId, KnownMode mode, Instant now) {
        if (fleet.isFull()) {
            return false;
        }
        fleet.servers.put(serverId, new Tracked(serverId, mode.name(), mode.template(), now));
        return true;
    }

    /** The backend has started a server that was declared. */
    public synchronized StartReply.Starting started(Placement placement, Instant now) {
        Tracked server = fleet.servers.get(placement.serverId());
        Instant assigned = now;
        if (server != null) {
            server.placement = placement;
            if (server.matchId != null) {
                server.stops.put(Stop.STARTED, now);
                assigned = server.stops.getOrDefault(Stop.ASSIGNED, now);
            }
        }
        return new StartReply.Starting(placement.serverId(), assigned);
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

    /** What the backend says of a server. A new one is heard of from now on. */
    public synchronized void learn(Placement placement, Instant now) {
        Tracked server = fleet.servers.get(placement.serverId());
        if (server == null) {
            server = new Tracked(placement.serverId(), placement.mode(), placement.template(), now);
            server.takenOver = true;
            fleet.servers.put(placement.serverId(), server);
        }
        server.placement = placement;
    }

    public synchronized EventStep ready(ServerEvent.Ready event, Instant now) {
        return hearing.ready(event, now);
    }

    /** Only {@link EventStep.Leave}, {@link EventStep.Distrust} or {@link EventStep.LookUp}. */
    public synchronized EventStep heartbeat(ServerEvent.Heartbeat event, Instant now) {
        return hearing.heartbeat(event, now);
    }

    /**
     * Told each time, not only once: a manager that hears it again sees whether it is lost. Only {@link EventStep.Tell},
     * {@link EventStep.AnswerHeard}, {@link EventStep.Leave}, {@link EventStep.Distrust} or {@link EventStep.LookUp}.
     */
    public synchronized EventStep seats(ServerEvent.Seats event, Instant now) {
        return hearing.seats(event, now);
    }

    /** A server has spoken that no backend of this director has. */
    public synchronized void foreign(ServerEvent event, Instant now) {
        hearing.foreign(event, now);
    }

    public synchronized EventStep ended(ServerEvent.Ended event, Instant now) {
        return hearing.ended(event, now);
    }

    /** A manager has heard this event. */
    public synchronized void heard(MatchEvent event, Instant now) {
        hearing.heard(event, now);
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

    public FleetLimits limits() {
        return fleet.limits;
    }

    /** How long servers of a mode took lately, from their start to their first word; empty: none was started here. */
    public synchronized Optional<StartTimes.Measured> startTimes(String mode) {
        return fleet.startTimes.of(mode);
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
