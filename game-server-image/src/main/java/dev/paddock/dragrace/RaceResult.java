package dev.paddock.dragrace;

import dev.paddock.dragrace.RaceState.Entry;
import dev.paddock.protocol.game.Racer.Status;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Places of a race that is decided: who finished, by time; then who was still on the way, by distance; then who is out,
 * all in one place. Equal ones share a place.
 */
final class RaceResult {
    private static final Comparator<Entry> BEST_FIRST = Comparator.comparingInt(RaceResult::group)
            .thenComparingDouble(entry -> finished(entry) ? entry.seconds() : 0)
            .thenComparingDouble(entry -> underway(entry) ? -entry.metres() : 0);

    private RaceResult() {}

    static MatchResult of(RaceState race) {
        List<Entry> order = new ArrayList<>(race.entries());
        order.sort(BEST_FIRST);
        boolean walkover = order.stream().noneMatch(RaceResult::finished);
        List<Standing> standings = new ArrayList<>(order.size());
        int place = 1;
        for (int i = 0; i < order.size(); i++) {
            Entry entry = order.get(i);
            if (i > 0 && BEST_FIRST.compare(order.get(i - 1), entry) != 0) {
                place = i + 1;
            }
            boolean lastLeft = walkover
                    && underway(entry)
                    && order.stream().filter(RaceResult::underway).count() == 1;
            standings.add(new Standing(entry.playerId(), place, lastLeft ? null : note(entry), stats(entry)));
        }
        return new MatchResult(MatchResult.Outcome.FINISHED, standings);
    }

    private static @Nullable String note(Entry entry) {
        return switch (entry.status()) {
            case FINISHED -> null;
            case FALSE_START -> "false-start";
            case RESIGNED -> "resigned";
            case ABSENT, EXPECTED -> "absent";
            case STAGED, RACING -> entry.connected() ? "did-not-finish" : "left";
        };
    }

    private static Map<String, Double> stats(Entry entry) {
        Map<String, Double> stats = new HashMap<>();
        stats.put("topSpeedKmh", rounded(entry.topSpeed() * 3.6, 100));
        if (!Double.isNaN(entry.seconds())) {
            stats.put("seconds", rounded(entry.seconds(), 100_000));
        }
        if (!Double.isNaN(entry.reactionMs())) {
            stats.put("reactionMs", rounded(entry.reactionMs(), 10));
        }
        return stats;
    }

    private static double rounded(double value, double parts) {
        return Math.rint(value * parts) / parts;
    }

    private static int group(Entry entry) {
        return switch (entry.status()) {
            case FINISHED -> 0;
            case STAGED, RACING -> 1;
            case FALSE_START, RESIGNED, ABSENT, EXPECTED -> 2;
        };
    }

    private static boolean finished(Entry entry) {
        return entry.status() == Status.FINISHED;
    }

    private static boolean underway(Entry entry) {
        return entry.status() == Status.RACING || entry.status() == Status.STAGED;
    }
}
