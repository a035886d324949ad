package dev.paddock.local.play;

import java.time.Duration;
import java.util.List;

/**
 * Nearest-rank percentiles: the smallest sample that is not below so many percent of all, so each of them was really
 * measured.
 */
record Percentiles(Duration median, Duration p99, Duration max) {
    /** @throws IllegalArgumentException if there are no samples */
    static Percentiles of(List<Duration> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("percentiles of nothing");
        }
        List<Duration> sorted = samples.stream().sorted().toList();
        return new Percentiles(rank(sorted, 50), rank(sorted, 99), sorted.getLast());
    }

    private static Duration rank(List<Duration> sorted, int percent) {
        int rank = (sorted.size() * percent + 99) / 100;
        return sorted.get(rank - 1);
    }
}
