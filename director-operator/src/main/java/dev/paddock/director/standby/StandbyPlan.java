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
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * What is missing and what is too much among the standbys, decided from a view of all of them.
 *
 * <p>A standby that was taken keeps its place for {@link #HELD}. Each has a clock of its own, so that a stream of matches
 * puts off no refill by more than that.
 *
 * <p>A new template is rolled out beside the old one: its standbys are started, the old ones get the matches and are
 * refilled meanwhile, and when as many new ones wait as are wanted, the matches go to them and the old ones are retired.
 * A template whose servers do not come up changes nothing for players.
 *
 * @param start modes to start a standby of, the same one twice for two
 * @param retire servers that wait for nothing
 * @param rolledOut modes whose new template can serve
 */
record StandbyPlan(List<KnownMode> start, List<Retire> retire, List<KnownMode> rolledOut) {
    /**
     * How long a taken standby keeps its place. A JVM that starts takes a core for half a second, and the match that took
     * the standby is on its way to its players then; it needs some ten milliseconds, and much more on a busy machine.
     */
    static final Duration HELD = Duration.ofMillis(400);

    /** A server that waits for nothing, and why. */
    record Retire(String serverId, String why) {}

    /**
     * @param wanted how many of a mode should wait
     * @param mayStart whether the back-off of a mode's template is over
     * @param most starts at one time
     * @param room how many more servers may run
     */
    record Bounds(ToIntFunction<KnownMode> wanted, Predicate<KnownMode> mayStart, int most, int room) {}

    static StandbyPlan of(List<KnownMode> modes, List<ServerView> servers, Bounds bounds, Instant now) {
        List<ServerView> waiting =
                servers.stream().filter(StandbyPlan::waitsHere).toList();
        List<Retire> retire = new ArrayList<>(leaving(servers));
        retire.addAll(withoutUse(modes, waiting));
        // With thousands of servers in many modes, not all are looked at for each of these.
        Map<String, List<ServerView>> byMode = servers.stream().collect(Collectors.groupingBy(ServerView::mode));
        List<Missing> missing = new ArrayList<>();
        List<KnownMode> rolledOut = new ArrayList<>();
        for (KnownMode mode : modes) {
            int wanted = bounds.wanted().applyAsInt(mode);
            List<ServerView> all = byMode.getOrDefault(mode.name(), List.of());
            List<ServerView> current = waiting(mode, all);
            retire.addAll(surplus(current, wanted));
            missing(mode, wanted - held(mode, all, now) - current.size(), bounds, missing);
            KnownMode next = mode.next();
            if (next == null) {
                continue;
            }
            List<ServerView> upcoming = waiting(next, all);
            if (next.template().equals(mode.template()) || standbys(upcoming) >= wanted) {
                rolledOut.add(next);
            } else {
                retire.addAll(surplus(upcoming, wanted));
                missing(next, wanted - upcoming.size(), bounds, missing);
            }
        }
        // The first of each mode before the second of any.
        List<KnownMode> start = missing.stream()
                .sorted(Comparator.comparingInt(Missing::number))
                .limit(Math.max(0, Math.min(bounds.most() - starting(waiting), bounds.room())))
                .map(Missing::mode)
                .toList();
        return new StandbyPlan(start, List.copyOf(retire), List.copyOf(rolledOut));
    }

    static boolean waits(ServerView server) {
        return server.matchId() == null && (server.phase() == Phase.STARTING || server.phase() == Phase.STANDBY);
    }

    private static boolean waitsHere(ServerView server) {
        return waits(server) && !server.leaving();
    }

    private record Missing(KnownMode mode, int number) {}

    /** One that still starts is retired once it can hear that. */
    private static List<Retire> leaving(List<ServerView> servers) {
        return servers.stream()
                .filter(server -> server.leaving() && server.phase() == Phase.STANDBY)
                .map(server -> new Retire(server.serverId(), "its node takes no more servers"))
                .toList();
    }

    private static List<Retire> withoutUse(List<KnownMode> modes, List<ServerView> waiting) {
        Map<String, KnownMode> byName = modes.stream().collect(Collectors.toMap(KnownMode::name, mode -> mode));
        List<Retire> retire = new ArrayList<>();
        for (ServerView server : waiting) {
            KnownMode mode = byName.get(server.mode());
            if (mode == null) {
                retire.add(new Retire(server.serverId(), "its mode is gone"));
            } else if (!isOf(mode, server) && server.phase() == Phase.STANDBY) {
                retire.add(new Retire(server.serverId(), "its template is an old one"));
            }
        }
        return retire;
    }

    private static boolean isOf(KnownMode mode, ServerView server) {
        KnownMode next = mode.next();
        return server.template().equals(mode.template())
                || (next != null && server.template().equals(next.template()));
    }

    /** @param all servers of the mode */
    private static List<ServerView> waiting(KnownMode mode, List<ServerView> all) {
        return all.stream()
                .filter(server -> server.template().equals(mode.template()) && waitsHere(server))
                .toList();
    }

    private static void missing(KnownMode mode, int count, Bounds bounds, List<Missing> missing) {
        if (count > 0 && bounds.mayStart().test(mode)) {
            for (int number = 0; number < count; number++) {
                missing.add(new Missing(mode, number));
            }
        }
    }

    /** @param all servers of the mode */
    private static int held(KnownMode mode, List<ServerView> all, Instant now) {
        return (int) all.stream()
                .filter(server -> server.template().equals(mode.template()))
                .map(ServerView::takenAt)
                .filter(taken -> taken != null && now.isBefore(taken.plus(HELD)))
                .count();
    }

    private static int starting(List<ServerView> waiting) {
        return (int) waiting.stream()
                .filter(server -> server.phase() == Phase.STARTING)
                .count();
    }

    private static int standbys(List<ServerView> servers) {
        return (int) servers.stream()
                .filter(server -> server.phase() == Phase.STANDBY)
                .count();
    }

    private static List<Retire> surplus(List<ServerView> servers, int wanted) {
        return servers.stream()
                .filter(server -> server.phase() == Phase.STANDBY)
                .sorted(Comparator.comparing(ServerView::since).reversed())
                .limit(Math.max(0, servers.size() - wanted))
                .map(server -> new Retire(server.serverId(), "there are more standbys than wanted"))
                .toList();
    }
}
