package dev.paddock.director.fleet;

import dev.paddock.director.backend.ServerExit;
import dev.paddock.protocol.match.MatchEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What follows from time going by: servers that are gone, silent or late; decided under the book's lock. */
final class Sweep {
    private final Fleet fleet;
    private Instant sweptAt = Instant.MIN;

    Sweep(Fleet fleet) {
        this.fleet = fleet;
    }

    /**
     * What follows from the time that has gone by; called several times a second.
     *
     * @param connected whether servers can be heard at this moment; if not, silence says nothing of them
     */
    List<Consequence> after(Instant now, boolean connected) {
        if (!connected || wasAway(now)) {
            fleet.listeningSince = now;
        }
        if (now.isBefore(sweptAt)) {
            // The clock was set back: what is to come by the old one would be waited for until then.
            fleet.servers.values().forEach(server -> server.notAfter(now));
        }
        sweptAt = now;
        List<Consequence> consequences = new ArrayList<>();
        for (Tracked server : List.copyOf(fleet.servers.values())) {
            if (server.exit != null) {
                sweepExited(server, server.exit, now, consequences);
            } else {
                sweepSilent(server, now, connected, consequences);
            }
        }
        Instant oldest = now.minus(FleetLimits.REMEMBER);
        fleet.outcomes.forgetBefore(oldest);
        fleet.foreign.forgetBefore(now.minus(fleet.limits.lostAfter()));
        fleet.matches
                .values()
                .removeIf(match -> match.since.isBefore(oldest)
                        && (match.serverId == null || !fleet.servers.containsKey(match.serverId)));
        return consequences;
    }

    /** This process stood still, or the clock was set: what servers said meanwhile has not been read yet. */
    private boolean wasAway(Instant now) {
        return now.isBefore(sweptAt) || now.isAfter(sweptAt.plus(FleetLimits.SWEEP_WITHIN));
    }

    private void sweepExited(Tracked server, ServerExit exit, Instant now, List<Consequence> consequences) {
        boolean expectsWords = exit.clean() && server.matchId != null && !server.ended;
        // Also one that was given up stays for a moment, so that who sees its pod end can say why.
        boolean isKept = expectsWords || server.givenUp != null;
        if (isKept && now.isBefore(fleet.later(server.exitAt).plus(FleetLimits.LAST_WORDS))) {
            return;
        }
        fleet.servers.remove(server.serverId);
        if (server.matchId == null && server.phase == Phase.STARTING) {
            consequences.add(
                    new Consequence.StandbyFailed(server.mode, server.template(), server.serverId, exit.how()));
        }
        String code = server.phase == Phase.STARTING ? "start-failed" : "server-lost";
        lose(server, code, exit.how(), now, consequences);
    }

    private void sweepSilent(Tracked server, Instant now, boolean connected, List<Consequence> consequences) {
        if (server.dismissed && server.givenUp == null) {
            giveUp(server, GivenUp.Cause.NOT_NEEDED, "its match does not need it", now, consequences);
            return;
        }
        if (server.phase == Phase.STARTING) {
            if (connected && now.isAfter(fleet.later(server.since).plus(fleet.limits.startWithin()))) {
                String why =
                        "it was not ready within " + fleet.limits.startWithin().toSeconds() + " s";
                if (server.matchId == null) {
                    consequences.add(
                            new Consequence.StandbyFailed(server.mode, server.template(), server.serverId, why));
                }
                lose(server, "start-failed", why, now, consequences);
                giveUp(server, GivenUp.Cause.NEVER_READY, why, now, consequences);
            }
            return;
        }
        if (connected && now.isAfter(fleet.later(server.heardAt).plus(fleet.limits.lostAfter()))) {
            String why = "it was silent for " + fleet.limits.lostAfter().toSeconds() + " s";
            lose(server, "server-lost", why, now, consequences);
            giveUp(server, GivenUp.Cause.SILENT, why, now, consequences);
            return;
        }
        boolean lingers = server.phase == Phase.RETIRING && (server.matchId == null || server.ended);
        if (lingers && now.isAfter(server.since.plus(FleetLimits.LEAVE_WITHIN))) {
            giveUp(server, GivenUp.Cause.NOT_NEEDED, "it was retired and did not leave", now, consequences);
        }
    }

    private void lose(Tracked server, String code, String why, Instant now, List<Consequence> consequences) {
        String matchId = server.matchId;
        if (matchId == null
                || server.unwanted
                || fleet.outcomes.of(matchId, server.serverId).isPresent()) {
            return;
        }
        MatchEvent.Failed failed = new MatchEvent.Failed(matchId, server.mode, server.serverId, code, why, now);
        fleet.outcomes.remember(server.serverId, failed, now);
        consequences.add(new Consequence.Tell(failed));
    }

    private void giveUp(Tracked server, GivenUp.Cause cause, String why, Instant now, List<Consequence> consequences) {
        if (!server.mine()) {
            fleet.servers.remove(server.serverId);
            return;
        }
        // It stays in the book, and counts, until its exit is seen; asked again to go if that takes long.
        if (server.givenUp == null) {
            server.givenUp = new GivenUp(cause, why);
        }
        server.phase = Phase.RETIRING;
        server.since = now;
        server.heardAt = now;
        consequences.add(new Consequence.Stop(server.serverId, why));
    }
}
