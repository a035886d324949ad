package dev.paddock.director.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which standby is best for a match: one that was heard of lately, then the one on the best node, then the oldest. A look at all
 * servers, once a match.
 */
final class StandbyOrder {
    private final Fleet fleet;

    StandbyOrder(Fleet fleet) {
        this.fleet = fleet;
    }

    Comparator<Tracked> at(Instant now) {
        Map<String, Long> matches = fleet.servers.values().stream()
                .filter(StandbyOrder::isInMatch)
                .flatMap(server -> host(server).stream())
                .collect(Collectors.groupingBy(host -> host, Collectors.counting()));
        Comparator<Tracked> fewestBeside =
                Comparator.comparing(server -> host(server).map(matches::get).orElse(0L));
        return Comparator.comparing((Tracked server) -> isQuiet(server, now))
                .thenComparing(
                        switch (fleet.limits.packing()) {
                            case PACK -> fewestBeside.reversed();
                            case SPREAD -> fewestBeside;
                        })
                .thenComparing(server -> server.since)
                .thenComparing(server -> server.serverId);
    }

    /** It has missed a heartbeat: it may be about to count as lost, and a match would wait for its answer. */
    private boolean isQuiet(Tracked server, Instant now) {
        Duration half = fleet.limits.lostAfter().dividedBy(2);
        return now.isAfter(fleet.later(server.heardAt).plus(half));
    }

    private static boolean isInMatch(Tracked server) {
        return server.matchId != null && !server.ended && server.exit == null;
    }

    private static Optional<String> host(Tracked server) {
        return Optional.ofNullable(server.placement).map(placement -> placement.host());
    }
}
