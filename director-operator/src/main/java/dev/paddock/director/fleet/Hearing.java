package dev.paddock.director.fleet;

import dev.paddock.director.key.PublicKey;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.server.ServerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What servers say, and what managers have heard of it; decided under the book's lock. */
final class Hearing {
    private final Fleet fleet;

    /** What a server says of itself; {@code loaded}: it is ready with that match. */
    private record Claim(
            String serverId, String mode, @Nullable String matchId, boolean loaded) {}

    Hearing(Fleet fleet) {
        this.fleet = fleet;
    }

    EventStep ready(ServerEvent.Ready event, Instant now) {
        Claim claim = new Claim(event.serverId(), event.mode(), event.matchId(), true);
        Optional<EventStep> doubt = observe(claim, event.ports(), event.publicKeySha256(), now);
        if (doubt.isPresent()) {
            return doubt.get();
        }
        Tracked server = Objects.requireNonNull(fleet.servers.get(event.serverId()));
        if (server.dismissed || server.givenUp != null) {
            return new EventStep.AnswerHeard();
        }
        if (event.matchId() == null) {
            return speaksForItHere(server, server.mine()) ? new EventStep.AnswerHeard() : new EventStep.Leave();
        }
        if (fleet.outcomes.wasHeard(Outcomes.Kind.READY, event.matchId(), event.serverId())) {
            return new EventStep.AnswerHeard();
        }
        return speaksForItHere(server, server.handedOutHere)
                ? new EventStep.Tell(
                        fleet.readyEvent(server, Objects.requireNonNull(server.placement), event.matchId()))
                : new EventStep.Leave();
    }

    EventStep heartbeat(ServerEvent.Heartbeat event, Instant now) {
        Claim claim = new Claim(event.serverId(), event.mode(), event.matchId(), event.loaded());
        Optional<EventStep> doubt = observe(claim, event.ports(), event.publicKeySha256(), now);
        Optional.ofNullable(fleet.servers.get(event.serverId()))
                .ifPresent(server -> server.connected = event.players());
        return doubt.orElseGet(EventStep.Leave::new);
    }

    EventStep seats(ServerEvent.Seats event, Instant now) {
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
    void foreign(ServerEvent event, Instant now) {
        switch (event) {
            case ServerEvent.Ready ready -> fleet.foreign.heard(ready.serverId(), ready.matchId(), now);
            case ServerEvent.Heartbeat heartbeat -> fleet.foreign.heard(heartbeat.serverId(), heartbeat.matchId(), now);
            case ServerEvent.Seats seats -> fleet.foreign.heard(seats.serverId(), seats.matchId(), now);
            case ServerEvent.Ended ended -> fleet.foreign.heard(ended.serverId(), ended.matchId(), now);
        }
    }

    EventStep ended(ServerEvent.Ended event, Instant now) {
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
    void heard(MatchEvent event, Instant now) {
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

    private Optional<EventStep> observe(Claim claim, Map<String, Integer> ports, String publicKeySha256, Instant now) {
        Tracked server = fleet.servers.get(claim.serverId);
        if (server == null || server.placement == null || server.placement.host() == null) {
            return Optional.of(new EventStep.LookUp(claim.serverId));
        }
        Optional<PublicKey> key = server.placement.proven(publicKeySha256);
        if (key.isEmpty()) {
            return Optional.of(new EventStep.Distrust("its key is not the one that it was given"));
        }
        if (!server.mode.equals(claim.mode)) {
            return Optional.of(new EventStep.Distrust("it is of mode " + server.mode + ", not " + claim.mode));
        }
        server.heardAt = now;
        server.key = key.get();
        server.ports = ports;
        Instant started = server.phase == Phase.STARTING && !server.takenOver ? server.since : null;
        if (claim.matchId != null && !server.ended) {
            serves(server, claim.matchId, claim.loaded, now);
        }
        if (claim.matchId == null && server.phase == Phase.STARTING && server.matchId == null) {
            server.enter(Phase.STANDBY, now);
            server.repeats = 0;
        }
        if (started != null && server.phase != Phase.STARTING) {
            fleet.startTimes.add(server.mode, Duration.between(started, now));
        }
        return Optional.empty();
    }

    private void serves(Tracked server, String matchId, boolean loaded, Instant now) {
        if (!server.serves(matchId)) {
            forgetMatchOf(server);
            server.matchId = matchId;
            server.repeats = 0;
        }
        // Who has it was assigned, also if the answer came too late to count, or has not come yet.
        server.stops.putIfAbsent(Stop.ASSIGNED, now);
        KnownMatch match = fleet.matches.computeIfAbsent(matchId, id -> new KnownMatch(id, now));
        if (match.serverId == null || !fleet.servers.containsKey(match.serverId)) {
            match.giveTo(server.serverId, true);
        }
        if (loaded) {
            server.stops.putIfAbsent(Stop.READY, now);
        }
        if (server.phase == Phase.RETIRING) {
            return;
        }
        if (loaded) {
            server.enter(Phase.RUNNING, now);
        } else if (server.phase == Phase.STANDBY || (server.phase == Phase.STARTING && server.takenOver)) {
            server.enter(Phase.ASSIGNED, now);
        }
    }

    private void forgetMatchOf(Tracked server) {
        KnownMatch wrong = server.matchId == null ? null : fleet.matches.get(server.matchId);
        if (wrong != null && server.serverId.equals(wrong.serverId)) {
            wrong.serverId = null;
        }
        server.handedOutHere = false;
    }
}
