package dev.paddock.director.fleet;

import dev.paddock.director.backend.Placement;
import dev.paddock.director.key.PublicKey;
import dev.paddock.protocol.match.Endpoint;
import dev.paddock.protocol.match.MatchEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The records that a {@link ServerBook} is about: servers, matches, and what became of both; touched under its lock alone. */
final class Fleet {
    final FleetLimits limits;
    final Map<String, Tracked> servers = new HashMap<>();
    final Map<String, KnownMatch> matches = new HashMap<>();
    final Outcomes outcomes = new Outcomes();
    final Foreign foreign = new Foreign();
    final StartTimes startTimes = new StartTimes();
    Instant listeningSince;

    Fleet(FleetLimits limits, Instant now) {
        this.limits = limits;
        this.listeningSince = now;
    }

    /** How many more servers may run. */
    int room() {
        return limits.maxServers()
                - (int) servers.values().stream().filter(Tracked::mine).count();
    }

    boolean isFull() {
        return room() <= 0;
    }

    /** That moment, or when the servers could be heard again if that was after it: before, silence says nothing. */
    Instant later(Instant moment) {
        return moment.isAfter(listeningSince) ? moment : listeningSince;
    }

    /** What a manager is told of a server that has loaded its match; only of one whose address is known, and that has spoken. */
    MatchEvent.Ready readyEvent(Tracked server, Placement placement, String matchId) {
        PublicKey key = Objects.requireNonNull(server.key);
        Endpoint endpoint =
                new Endpoint(Objects.requireNonNull(placement.host()), server.ports, key.pem(), key.sha256());
        return new MatchEvent.Ready(matchId, server.mode, server.serverId, endpoint, server.stops);
    }
}
