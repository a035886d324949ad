package dev.paddock.local.play;

import dev.paddock.local.play.Timeline.Passed;
import dev.paddock.protocol.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Many timelines of one kind (standby or cold) in figures.
 *
 * @param samples how often {@code PlayerMatched} was received: players times matches
 * @param rows one per stop that was passed, in order
 * @param total from the request of a match's last ticket to {@code PlayerMatched} received
 */
record Summary(int matches, int samples, List<Row> rows, Percentiles total) {
    /** @param share of the sum of all totals, 0 to 1 */
    record Row(Stop stop, Percentiles took, double share) {}

    /** @throws IllegalArgumentException if no timeline has a player who was told */
    static Summary of(List<Timeline> timelines) {
        Map<Stop, List<Duration>> took = new EnumMap<>(Stop.class);
        List<Duration> totals = new ArrayList<>();
        for (Timeline timeline : timelines) {
            totals.addAll(timeline.totals());
            for (List<Passed> way : timeline.ways()) {
                way.forEach(passed -> took.computeIfAbsent(passed.stop(), stop -> new ArrayList<>())
                        .add(passed.took()));
            }
        }
        double all = sum(totals);
        List<Row> rows = took.entrySet().stream()
                .map(entry -> new Row(
                        entry.getKey(), Percentiles.of(entry.getValue()), all == 0 ? 0 : sum(entry.getValue()) / all))
                .toList();
        return new Summary(timelines.size(), totals.size(), rows, Percentiles.of(totals));
    }

    private static double sum(List<Duration> durations) {
        return durations.stream().mapToDouble(Duration::toNanos).sum();
    }
}
