package dev.paddock.replay;

import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Window;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Wait against rating difference: one recording under rules that differ in {@code rank.widenPerSecond} only. Rules that
 * widen fast bring players together soon and from far apart; slow ones late and from near by.
 */
record Curve(List<Point> points) {
    private static final double[] FACTORS = {0.1, 0.2, 0.4, 0.7, 1, 1.5, 2.5, 5, 10};

    /** The rules widen by nothing: these are tried instead of multiples of it. */
    private static final double WIDEN_IF_NONE = 20;

    Curve {
        points = points.stream()
                .sorted(Comparator.comparingDouble(Point::waitSeconds))
                .toList();
    }

    /**
     * One variant of the rules.
     *
     * @param waitSeconds the mean time in the queue of all tickets, also of those that narrow rules never matched
     * @param ratingDifference the mean one in a match
     */
    record Point(double widenPerSecond, double waitSeconds, double ratingDifference) {}

    static Curve of(Recording recording, MatchingRules rules, Contender.Maker maker, @Nullable Instant until)
            throws IOException {
        return of(recording, rules, maker, until, FACTORS);
    }

    /** @param factors what the rules' {@code rank.widenPerSecond} is multiplied by */
    static Curve of(
            Recording recording, MatchingRules rules, Contender.Maker maker, @Nullable Instant until, double... factors)
            throws IOException {
        double own = rules.rank().widenPerSecond() > 0 ? rules.rank().widenPerSecond() : WIDEN_IF_NONE;
        List<Point> points = new ArrayList<>();
        for (double factor : factors) {
            double widen = own * factor;
            Summary summary =
                    Replay.run(recording, widening(rules, widen), maker, until).summary();
            OptionalDouble wait = summary.get(Figure.QUEUE_MEAN);
            OptionalDouble difference = summary.get(Figure.RATING_MEAN);
            if (wait.isPresent() && difference.isPresent()) {
                points.add(new Point(widen, wait.getAsDouble(), difference.getAsDouble()));
            }
        }
        return new Curve(points);
    }

    /** What it says between its points; empty where it has none. */
    OptionalDouble ratingDifferenceAt(double waitSeconds) {
        for (int i = 1; i < points.size(); i++) {
            Point before = points.get(i - 1);
            Point after = points.get(i);
            if (before.waitSeconds() <= waitSeconds && waitSeconds <= after.waitSeconds()) {
                double width = after.waitSeconds() - before.waitSeconds();
                double share = width == 0 ? 0 : (waitSeconds - before.waitSeconds()) / width;
                return OptionalDouble.of(
                        before.ratingDifference() + share * (after.ratingDifference() - before.ratingDifference()));
            }
        }
        return OptionalDouble.empty();
    }

    /**
     * How far this lies above another curve, where both are, as shares of the other: 0.02 is two per cent worse.
     * At this curve's points.
     */
    List<Double> worseThan(Curve other) {
        List<Double> shares = new ArrayList<>();
        for (Point point : points) {
            OptionalDouble there = other.ratingDifferenceAt(point.waitSeconds());
            if (there.isPresent()) {
                shares.add(point.ratingDifference() / there.getAsDouble() - 1);
            }
        }
        return shares;
    }

    List<Map<String, Double>> json() {
        return points.stream()
                .map(point -> {
                    Map<String, Double> json = new LinkedHashMap<>();
                    json.put("widenPerSecond", rounded(point.widenPerSecond()));
                    json.put(Figure.QUEUE_MEAN.jsonName(), rounded(point.waitSeconds()));
                    json.put(Figure.RATING_MEAN.jsonName(), rounded(point.ratingDifference()));
                    return json;
                })
                .toList();
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private static MatchingRules widening(MatchingRules rules, double widenPerSecond) {
        Window rank =
                new Window(rules.rank().start(), widenPerSecond, rules.rank().limit());
        return new MatchingRules(
                rules.teams(),
                rank,
                rules.latency(),
                rules.ticketLifetime(),
                rules.equal(),
                rules.roles(),
                rules.acceptWithin(),
                rules.backfill(),
                rules.lostSocketGrace());
    }
}
