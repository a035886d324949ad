package dev.paddock.director.fleet;

import dev.paddock.director.backend.Placement;
import dev.paddock.director.mode.KnownMode;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which server a match gets, or what is said of the one that it has; decided under the book's lock. */
final class Choice {
    private final Fleet fleet;

    Choice(Fleet fleet) {
        this.fleet = fleet;
    }

    /**
     * What to do about a manager's request.
     *
     * @param freshId the id of the server, should a new one have to be started
     */
    Start start(StartMatch request, KnownMode mode, String freshId, Instant now) {
        if (request.settledOn() != null) {
            return Start.of(settled(request.matchId(), request.settledOn(), now));
        }
        KnownMatch match = fleet.matches.computeIfAbsent(request.matchId(), id -> new KnownMatch(id, now));
        Optional<StartStep> present = present(match, request.attempt());
        if (present.isPresent()) {
            return Start.of(present.get());
        }
        if ((!isBegun(freshId) && mayBeServedUnheard(now))
                || fleet.foreign.hasNewly(match.matchId, now, fleet.limits.lostAfter())) {
            return Start.of(new StartStep.Silence());
        }
        List<String> abandoned = List.of();
        if (request.attempt() > match.attempt) {
            abandoned = abandon(match.matchId, now);
            match.begin(request.attempt());
        }
        return new Start(choose(match, mode, freshId, now), abandoned);
    }

    /**
     * A server that was taken over may have this very match, and says so with its next heartbeat: a manager that asks again
     * is cheaper than a match on two servers. One that stays silent is waited for no longer than until it counts as lost.
     */
    private boolean mayBeServedUnheard(Instant now) {
        return fleet.servers.values().stream()
                .filter(server -> server.takenOver && server.phase == Phase.STARTING && server.exit == null)
                .anyMatch(server -> now.isBefore(fleet.later(server.since).plus(fleet.limits.lostAfter())));
    }

    /** Whether another director has begun this very start, and has not told how far it got: it is gone on with. */
    private boolean isBegun(String freshId) {
        Tracked server = fleet.servers.get(freshId);
        return server != null
                && server.takenOver
                && server.phase == Phase.STARTING
                && server.exit == null
                && !server.unwanted;
    }

    private StartStep settled(String matchId, String serverId, Instant now) {
        Optional<MatchEvent> outcome = fleet.outcomes.of(matchId, serverId);
        if (outcome.isPresent()) {
            return new StartStep.Answer(new StartReply.Over(outcome.get()));
        }
        Tracked server = fleet.servers.get(serverId);
        if (server == null) {
            // A director that has just come (back) has not heard everyone yet, and "gone" would end a live match.
            boolean sure = now.isAfter(fleet.listeningSince.plus(fleet.limits.lostAfter()))
                    && !fleet.foreign.spokeSince(serverId, now.minus(fleet.limits.lostAfter()));
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
        Tracked server = match.serverId == null ? null : fleet.servers.get(match.serverId);
        if (attempt > match.attempt && !isLearned(match, server, attempt)) {
            return Optional.empty();
        }
        if (match.serverId != null) {
            Optional<MatchEvent> outcome = fleet.outcomes.of(match.matchId, match.serverId);
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
        return Optional.of(coming(server, match));
    }

    private static StartStep coming(Tracked server, KnownMatch match) {
        Instant assigned = server.stops.get(Stop.ASSIGNED);
        if (assigned == null) {
            return new StartStep.Silence();
        }
        return new StartStep.Answer(
                server.phase == Phase.STARTING
                        ? new StartReply.Starting(server.serverId, assigned)
                        : new StartReply.Assigned(server.serverId, match.standby, assigned));
    }

    /** Only its server has said that it has the match; one that still loads it may be of an attempt that was given up. */
    private static boolean isLearned(KnownMatch match, @Nullable Tracked server, int attempt) {
        return match.attempt == 0
                && server != null
                && (server.phase == Phase.RUNNING || (server.phase == Phase.ASSIGNED && attempt == 1));
    }

    private Optional<StartReply> running(Tracked server, Placement placement, String matchId) {
        return server.ports.isEmpty()
                ? Optional.empty()
                : Optional.of(new StartReply.Running(fleet.readyEvent(server, placement, matchId)));
    }

    private StartStep choose(KnownMatch match, KnownMode mode, String freshId, Instant now) {
        boolean isBegun = isBegun(freshId);
        Optional<Tracked> standby =
                isBegun || match.takes >= FleetLimits.MOST_TAKES ? Optional.empty() : bestStandby(mode, now);
        if (standby.isPresent()) {
            Tracked server = standby.get();
            match.takes++;
            match.giveTo(server.serverId, true);
            server.matchId = match.matchId;
            server.handedOutHere = true;
            server.takenAt = now;
            server.enter(Phase.ASSIGNED, now);
            return new StartStep.Take(server.serverId);
        }
        if (!isBegun && fleet.isFull()) {
            String why = "all " + fleet.limits.maxServers() + " servers of this director are in use";
            return new StartStep.Answer(new StartReply.Refused("no-capacity", why, null));
        }
        Tracked server = new Tracked(freshId, mode.name(), mode.template(), now);
        server.matchId = match.matchId;
        server.handedOutHere = true;
        fleet.servers.put(freshId, server);
        match.giveTo(freshId, false);
        server.stops.put(Stop.ASSIGNED, now);
        return new StartStep.Launch(freshId);
    }

    private Optional<Tracked> bestStandby(KnownMode mode, Instant now) {
        return fleet.servers.values().stream()
                .filter(server -> server.phase == Phase.STANDBY && server.exit == null)
                .filter(server -> server.placement != null && server.placement.mine() && !server.placement.leaving())
                .filter(server -> server.mode.equals(mode.name()))
                .filter(server -> mode.template()
                        .equals(Objects.requireNonNull(server.placement).template()))
                .min(new StandbyOrder(fleet).at(now));
    }

    /**
     * One that still starts is left to it: the new one may take as long, and the first of them that speaks has the match
     * ({@link Hearing}). The others are retired, and named.
     */
    private List<String> abandon(String matchId, Instant now) {
        List<String> retired = new ArrayList<>();
        for (Tracked server : fleet.servers.values()) {
            if (server.serves(matchId) && !server.unwanted && !server.ended) {
                if (server.phase == Phase.STARTING) {
                    server.unwanted = true;
                    continue;
                }
                server.retire(now);
                retired.add(server.serverId);
            }
        }
        return retired;
    }
}
