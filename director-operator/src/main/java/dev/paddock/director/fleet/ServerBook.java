package dev.paddock.director.fleet;

import dev.paddock.director.backend.Placement;
import dev.paddock.director.backend.ServerExit;
import dev.paddock.director.mode.KnownMode;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.match.Endpoint;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import dev.paddock.protocol.server.ServerEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
 */
public final class ServerBook {
    private final FleetLimits limits;
    private final Map<String, Tracked> servers = new HashMap<>();
    private final Map<String, KnownMatch> matches = new HashMap<>();
    private final Outcomes outcomes = new Outcomes();
    private Instant listeningSince;

    public ServerBook(FleetLimits limits, Instant now) {
        this.limits = limits;
        this.listeningSince = now;
    }

    /** The servers are heard from now on; whoever was silent before had no way to speak. */
    public synchronized void listening(Instant now) {
        listeningSince = now;
    }

    // ---- a server for a match

    /**
     * What to do about a manager's request.
     *
     * @param freshId the id of the server, should a new one have to be started
     */
    public synchronized Start start(StartMatch request, KnownMode mode, String freshId, Instant now) {
        if (request.settledOn() != null) {
            return Start.of(settled(request.matchId(), request.settledOn(), now));
        }
        KnownMatch match = matches.computeIfAbsent(request.matchId(), id -> new KnownMatch(id, now));
        Optional<StartStep> present = present(match, request.attempt());
        if (present.isPresent()) {
            return Start.of(present.get());
        }
        List<String> abandoned = List.of();
        if (request.attempt() > match.attempt) {
            abandoned = abandon(match.matchId, now);
            match.begin(request.attempt());
        }
        return new Start(choose(match, mode, freshId, now), abandoned);
    }

    /** The standby that was taken has accepted. */
    public synchronized StartReply.Assigned accepted(String matchId, String serverId, Instant now) {
        KnownMatch match = matches.get(matchId);
        if (match != null && serverId.equals(match.serverId)) {
            match.stops.put(Stop.ASSIGNED, now);
        }
        return new StartReply.Assigned(serverId, true, now);
    }

    /** The standby that was taken has refused, or did not answer: it gets no other match from here. */
    public synchronized void refused(String matchId, String serverId, Instant now) {
        KnownMatch match = matches.get(matchId);
        if (match != null && serverId.equals(match.serverId)) {
            match.serverId = null;
        }
        Tracked server = servers.get(serverId);
        if (server != null) {
            // It may have accepted all the same, too late; what it says of its match then counts.
            server.handedOutHere = false;
            retire(server, now);
        }
    }

    /** A new standby is being started. False: there are as many servers as there may be. */
    public synchronized boolean declare(String serverId, String mode, Instant now) {
        if (isFull()) {
            return false;
        }
        servers.put(serverId, new Tracked(serverId, mode, now));
        return true;
    }

    /** The backend has started a server that was declared. */
    public synchronized StartReply.Assigned started(Placement placement, Instant now) {
        Tracked server = servers.get(placement.serverId());
        Instant assigned = now;
        if (server != null) {
            server.placement = placement;
            KnownMatch match = server.matchId == null ? null : matches.get(server.matchId);
            if (match != null && placement.serverId().equals(match.serverId)) {
                match.stops.put(Stop.STARTED, now);
                assigned = match.stops.getOrDefault(Stop.ASSIGNED, now);
            }
        }
        return new StartReply.Assigned(placement.serverId(), false, assigned);
    }

    /** The backend could not start a server that was declared. */
    public synchronized void notStarted(String serverId) {
        Tracked server = servers.remove(serverId);
        if (server == null || server.matchId == null) {
            return;
        }
        KnownMatch match = matches.get(server.matchId);
        if (match != null && serverId.equals(match.serverId)) {
            match.serverId = null;
        }
    }

    private StartStep settled(String matchId, String serverId, Instant now) {
        Optional<MatchEvent> outcome = outcomes.of(matchId, serverId);
        if (outcome.isPresent()) {
            return new StartStep.Answer(new StartReply.Over(outcome.get()));
        }
        Tracked server = servers.get(serverId);
        if (server == null) {
            // A director that has just come (back) has not heard everyone yet, and "gone" would end a live match.
            boolean sure = now.isAfter(listeningSince.plus(limits.lostAfter()));
            return sure ? new StartStep.Answer(new StartReply.Gone(serverId)) : new StartStep.Silence();
        }
        if (server.exit != null || server.phase == Phase.STARTING || server.placement == null) {
            return new StartStep.Silence();
        }
        if (server.serves(matchId)) {
            return running(server, server.placement, matchId)
                    .<StartStep>map(StartStep.Answer::new)
                    .orElseGet(StartStep.Silence::new);
        }
        return new StartStep.Answer(new StartReply.Gone(serverId));
    }

    private Optional<StartStep> present(KnownMatch match, int attempt) {
        Tracked server = match.serverId == null ? null : servers.get(match.serverId);
        boolean learned = match.attempt == 0;
        if (attempt > match.attempt && !(learned && server != null && server.phase == Phase.RUNNING)) {
            return Optional.empty();
        }
        if (match.serverId != null) {
            Optional<MatchEvent> outcome = outcomes.of(match.matchId, match.serverId);
            if (outcome.isPresent()) {
                return Optional.of(new StartStep.Answer(new StartReply.Over(outcome.get())));
            }
        }
        if (server == null) {
            return Optional.empty();
        }
        if (server.phase == Phase.RUNNING && server.placement != null) {
            return running(server, server.placement, match.matchId).map(StartStep.Answer::new);
        }
        Instant assigned = match.stops.get(Stop.ASSIGNED);
        return Optional.of(
                assigned == null
                        ? new StartStep.Silence()
                        : new StartStep.Answer(new StartReply.Assigned(server.serverId, match.standby, assigned)));
    }

    private Optional<StartReply> running(Tracked server, Placement placement, String matchId) {
        return server.ports.isEmpty()
                ? Optional.empty()
                : Optional.of(new StartReply.Running(readyEvent(server, placement, matchId)));
    }

    private StartStep choose(KnownMatch match, KnownMode mode, String freshId, Instant now) {
        Optional<Tracked> standby = match.takes < FleetLimits.MOST_TAKES ? oldestStandby(mode) : Optional.empty();
        if (standby.isPresent()) {
            Tracked server = standby.get();
            match.takes++;
            match.giveTo(server.serverId, true);
            server.matchId = match.matchId;
            server.handedOutHere = true;
            server.enter(Phase.ASSIGNED, now);
            return new StartStep.Take(server.serverId);
        }
        if (isFull()) {
            String why = "all " + limits.maxServers() + " servers of this director are in use";
            return new StartStep.Answer(new StartReply.Refused("no-capacity", why, null));
        }
        Tracked server = new Tracked(freshId, mode.name(), now);
        server.matchId = match.matchId;
        server.handedOutHere = true;
        servers.put(freshId, server);
        match.giveTo(freshId, false);
        match.stops.put(Stop.ASSIGNED, now);
        return new StartStep.Launch(freshId);
    }

    private Optional<Tracked> oldestStandby(KnownMode mode) {
        return servers.values().stream()
                .filter(server -> server.phase == Phase.STANDBY && server.exit == null)
                .filter(server -> server.placement != null && server.placement.mine())
                .filter(server -> server.mode.equals(mode.name()))
                .filter(server -> mode.template()
                        .equals(Objects.requireNonNull(server.placement).template()))
                .min(Comparator.comparing((Tracked server) -> server.since).thenComparing(server -> server.serverId));
    }

    private List<String> abandon(String matchId, Instant now) {
        List<String> retired = new ArrayList<>();
        for (Tracked server : servers.values()) {
            if (server.serves(matchId) && !server.unwanted && !server.ended) {
                retire(server, now);
                retired.add(server.serverId);
            }
        }
        return retired;
    }

    private boolean isFull() {
        return room() <= 0;
    }

    // ---- what servers say

    /** What the backend says of a server. A new one is heard of from now on. */
    public synchronized void learn(Placement placement, Instant now) {
        servers.computeIfAbsent(placement.serverId(), id -> new Tracked(id, placement.mode(), now)).placement =
                placement;
    }

    public synchronized EventStep ready(ServerEvent.Ready event, Instant now) {
        Optional<EventStep> doubt =
                observe(event.serverId(), event.mode(), event.matchId(), event.ports(), event.publicKeySha256(), now);
        if (doubt.isPresent()) {
            return doubt.get();
        }
        Tracked server = Objects.requireNonNull(servers.get(event.serverId()));
        if (event.matchId() == null) {
            return speaksForItHere(server, server.mine()) ? new EventStep.AnswerHeard() : new EventStep.Leave();
        }
        if (outcomes.wasHeard(Outcomes.Kind.READY, event.matchId(), event.serverId())) {
            return new EventStep.AnswerHeard();
        }
        KnownMatch match = matches.get(event.matchId());
        if (match != null && event.serverId().equals(match.serverId)) {
            match.stops.putIfAbsent(Stop.READY, now);
        }
        return speaksForItHere(server, server.handedOutHere)
                ? new EventStep.Tell(readyEvent(server, Objects.requireNonNull(server.placement), event.matchId()))
                : new EventStep.Leave();
    }

    /** Only {@link EventStep.Leave}, {@link EventStep.Distrust} or {@link EventStep.LookUp}. */
    public synchronized EventStep heartbeat(ServerEvent.Heartbeat event, Instant now) {
        return observe(event.serverId(), event.mode(), event.matchId(), event.ports(), event.publicKeySha256(), now)
                .orElseGet(EventStep.Leave::new);
    }

    public synchronized EventStep ended(ServerEvent.Ended event, Instant now) {
        Tracked server = servers.get(event.serverId());
        if (server != null && server.matchId != null && !server.serves(event.matchId())) {
            return new EventStep.Distrust("it serves another match");
        }
        if (outcomes.wasHeard(Outcomes.Kind.ENDED, event.matchId(), event.serverId())) {
            return new EventStep.AnswerHeard();
        }
        MatchEvent.Ended told =
                new MatchEvent.Ended(event.matchId(), event.mode(), event.serverId(), event.result(), event.at());
        outcomes.remember(event.serverId(), told, now);
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
        outcomes.heard(event, now);
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
        Tracked server = servers.get(serverId);
        if (server == null || server.placement == null) {
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
        KnownMatch match = matches.computeIfAbsent(matchId, id -> new KnownMatch(id, now));
        if (match.serverId == null || !servers.containsKey(match.serverId)) {
            match.giveTo(server.serverId, true);
        }
        if (server.phase != Phase.RETIRING) {
            server.enter(Phase.RUNNING, now);
        }
    }

    private void forgetMatchOf(Tracked server) {
        KnownMatch wrong = server.matchId == null ? null : matches.get(server.matchId);
        if (wrong != null && server.serverId.equals(wrong.serverId)) {
            wrong.serverId = null;
        }
        server.handedOutHere = false;
    }

    private MatchEvent.Ready readyEvent(Tracked server, Placement placement, String matchId) {
        KnownMatch match = matches.get(matchId);
        Map<Stop, Instant> stops =
                match != null && server.serverId.equals(match.serverId) ? Map.copyOf(match.stops) : Map.of();
        Endpoint endpoint =
                new Endpoint(placement.host(), server.ports, placement.publicKey(), placement.publicKeySha256());
        return new MatchEvent.Ready(matchId, server.mode, server.serverId, endpoint, stops);
    }

    // ---- ends

    /** Nobody wants this standby any more; false: it has got a match meanwhile. */
    public synchronized boolean retire(String serverId, Instant now) {
        Tracked server = servers.get(serverId);
        if (server == null || server.matchId != null) {
            return false;
        }
        retire(server, now);
        return true;
    }

    /**
     * A match does not want this server any more. True if it is to be told so; also one that is not known here, because
     * its own director may be away, and a server has one match in its life. False: it serves another match.
     */
    public synchronized boolean release(String serverId, String matchId, Instant now) {
        Tracked server = servers.get(serverId);
        if (server == null) {
            return true;
        }
        if (!server.serves(matchId)) {
            return false;
        }
        retire(server, now);
        return true;
    }

    /** How many more servers may run. */
    public synchronized int room() {
        return limits.maxServers()
                - (int) servers.values().stream().filter(Tracked::mine).count();
    }

    /** Its process or pod is gone. */
    public synchronized void exited(ServerExit exit, Instant now) {
        Tracked server = servers.get(exit.serverId());
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
        List<Consequence> consequences = new ArrayList<>();
        for (Tracked server : List.copyOf(servers.values())) {
            if (server.exit != null) {
                sweepExited(server, server.exit, now, consequences);
            } else {
                sweepSilent(server, now, connected, consequences);
            }
        }
        Instant oldest = now.minus(FleetLimits.REMEMBER);
        outcomes.forgetBefore(oldest);
        matches.values()
                .removeIf(match -> match.since.isBefore(oldest)
                        && (match.serverId == null || !servers.containsKey(match.serverId)));
        return consequences;
    }

    /** This director's own servers. */
    public synchronized List<ServerView> mine() {
        return servers.values().stream()
                .filter(server -> server.mine() && server.exit == null)
                .map(Tracked::view)
                .toList();
    }

    private void retire(Tracked server, Instant now) {
        server.unwanted = true;
        server.enter(Phase.RETIRING, now);
    }

    private void sweepExited(Tracked server, ServerExit exit, Instant now, List<Consequence> consequences) {
        boolean expectsWords = exit.clean() && server.matchId != null && !server.ended;
        if (expectsWords && now.isBefore(server.exitAt.plus(FleetLimits.LAST_WORDS))) {
            return;
        }
        servers.remove(server.serverId);
        if (server.matchId == null && server.phase == Phase.STARTING) {
            consequences.add(new Consequence.StandbyFailed(server.mode, server.serverId, exit.how()));
        }
        String code = server.phase == Phase.STARTING ? "start-failed" : "server-lost";
        lose(server, code, exit.how(), now, consequences);
    }

    private void sweepSilent(Tracked server, Instant now, boolean connected, List<Consequence> consequences) {
        if (server.phase == Phase.STARTING) {
            if (now.isAfter(server.since.plus(limits.startWithin()))) {
                String why = "it was not ready within " + limits.startWithin().toSeconds() + " s";
                if (server.matchId == null) {
                    consequences.add(new Consequence.StandbyFailed(server.mode, server.serverId, why));
                }
                lose(server, "start-failed", why, now, consequences);
                giveUp(server, why, now, consequences);
            }
            return;
        }
        Instant heard = server.heardAt.isAfter(listeningSince) ? server.heardAt : listeningSince;
        if (connected && now.isAfter(heard.plus(limits.lostAfter()))) {
            String why = "it was silent for " + limits.lostAfter().toSeconds() + " s";
            lose(server, "server-lost", why, now, consequences);
            giveUp(server, why, now, consequences);
            return;
        }
        boolean lingers = server.phase == Phase.RETIRING && (server.matchId == null || server.ended);
        if (lingers && now.isAfter(server.since.plus(FleetLimits.LEAVE_WITHIN))) {
            giveUp(server, "it was retired and did not leave", now, consequences);
        }
    }

    private void lose(Tracked server, String code, String why, Instant now, List<Consequence> consequences) {
        String matchId = server.matchId;
        if (matchId == null
                || server.unwanted
                || outcomes.of(matchId, server.serverId).isPresent()) {
            return;
        }
        MatchEvent.Failed failed = new MatchEvent.Failed(matchId, server.mode, server.serverId, code, why, now);
        outcomes.remember(server.serverId, failed, now);
        consequences.add(new Consequence.Tell(failed));
    }

    private void giveUp(Tracked server, String why, Instant now, List<Consequence> consequences) {
        if (!server.mine()) {
            servers.remove(server.serverId);
            return;
        }
        // It stays in the book, and counts, until its exit is seen; asked again to go if that takes long.
        server.phase = Phase.RETIRING;
        server.since = now;
        server.heardAt = now;
        consequences.add(new Consequence.Stop(server.serverId, why));
    }
}
