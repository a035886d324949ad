package dev.paddock.director.standby;

import dev.paddock.director.fleet.Phase;
import dev.paddock.director.fleet.ServerView;
import dev.paddock.director.mode.KnownMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What is missing and what is too much among the standbys, decided from a view of all of them.
 *
 * <p>A standby that was taken keeps its place for {@link #HELD}. Each has a clock of its own, so that a stream of matches
 * puts off no refill by more than that.
 *
 * @param start modes to start a standby of, the same one twice for two
 * @param retire servers that wait for nothing
 */
record StandbyPlan(List<KnownMode> start, List<Retire> retire) {
    /** Starts at one time; more would take the machine from the matches that run. */
    static final int MOST_STARTS = 2;

    /**
     * How long a taken standby keeps its place. A JVM that starts takes a core for half a second, and the match that took
     * the standby is on its way to its players then; it needs some ten milliseconds, and much more on a busy machine.
     */
    static final Duration HELD = Duration.ofMillis(400);

    /** A server that waits for nothing, and why. */
    record Retire(String serverId, String why) {}

    /**
     * @param mayStart whether a mode's back-off is over
     * @param room how many more servers may run
     */
    static StandbyPlan of(
            List<KnownMode> modes, List<ServerView> servers, Predicate<KnownMode> mayStart, int room, Instant now) {
        Map<String, KnownMode> byName = modes.stream().collect(Collectors.toMap(KnownMode::name, mode -> mode));
        List<ServerView> waiting = servers.stream().filter(StandbyPlan::waits).toList();
        List<Retire> retire = new ArrayList<>();
        for (ServerView server : waiting) {
            KnownMode mode = byName.get(server.mode());
            if (mode == null) {
                retire.add(new Retire(server.serverId(), "its mode is gone"));
            } else if (!isCurrent(server, mode) && server.phase() == Phase.STANDBY) {
                retire.add(new Retire(server.serverId(), "its template is an old one"));
            }
        }
        List<KnownMode> start = new ArrayList<>();
        for (KnownMode mode : modes) {
            List<ServerView> current = waiting.stream()
                    .filter(server -> server.mode().equals(mode.name()) && isCurrent(server, mode))
                    .toList();
            retire.addAll(surplus(mode, current));
            if (mayStart.test(mode)) {
                int places = mode.standbyMin() - held(mode, servers, now);
                for (int missing = places - current.size(); missing > 0; missing--) {
                    start.add(mode);
                }
            }
        }
        return new StandbyPlan(start.stream().limit(starts(waiting, room)).toList(), List.copyOf(retire));
    }

    private static int held(KnownMode mode, List<ServerView> servers, Instant now) {
        return (int) servers.stream()
                .filter(server -> server.mode().equals(mode.name()))
                .map(ServerView::takenAt)
                .filter(taken -> taken != null && now.isBefore(taken.plus(HELD)))
                .count();
    }

    private static int starts(List<ServerView> waiting, int room) {
        long starting = waiting.stream()
                .filter(server -> server.phase() == Phase.STARTING)
                .count();
        return (int) Math.max(0, Math.min(MOST_STARTS - starting, room));
    }

    private static List<Retire> surplus(KnownMode mode, List<ServerView> current) {
        return current.stream()
                .filter(server -> server.phase() == Phase.STANDBY)
                .sorted(Comparator.comparing(ServerView::since).reversed())
                .limit(Math.max(0, current.size() - mode.standbyMin()))
                .map(server -> new Retire(server.serverId(), "there are more standbys than wanted"))
                .toList();
    }

    private static boolean waits(ServerView server) {
        return server.matchId() == null && (server.phase() == Phase.STARTING || server.phase() == Phase.STANDBY);
    }

    /** One whose template is not known yet was started just now, by this director. */
    private static boolean isCurrent(ServerView server, KnownMode mode) {
        return server.template() == null || server.template().equals(mode.template());
    }
}
