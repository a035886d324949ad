package dev.paddock.manager.outlook;

import dev.paddock.protocol.queue.QueueReport.Spread;
import dev.paddock.protocol.queue.WaitEstimate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Of many figures, a few that say how they are spread. A percentile is the smallest figure that so many do not exceed. */
final class Figures {
    /** Fewer say nothing. */
    static final int LEAST_SAMPLES = 20;

    private Figures() {}

    /** Null: there are none. */
    static @Nullable Spread spread(double[] figures) {
        if (figures.length == 0) {
            return null;
        }
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return new Spread(
                sorted[at(0.5, sorted.length)],
                sorted[at(0.95, sorted.length)],
                sorted[at(0.99, sorted.length)],
                sorted[sorted.length - 1]);
    }

    /**
     * How much longer a ticket waits that has waited for {@code waitedMs}, by those of these that waited as long: who was
     * matched sooner says nothing any more. Null: they are too few.
     */
    static @Nullable WaitEstimate estimate(List<Wait> waits, long waitedMs) {
        long[] left = waits.stream()
                .filter(wait -> wait.waitedMs() >= waitedMs)
                .mapToLong(wait -> wait.expired() ? Long.MAX_VALUE : wait.waitedMs() - waitedMs)
                .sorted()
                .toArray();
        if (left.length < LEAST_SAMPLES) {
            return null;
        }
        return new WaitEstimate(known(left, 0.25), known(left, 0.5), known(left, 0.75), known(left, 0.9), left.length);
    }

    /** One that nobody was found for waited longer than can be said. */
    private static @Nullable Long known(long[] sorted, double share) {
        long figure = sorted[at(share, sorted.length)];
        return figure == Long.MAX_VALUE ? null : figure;
    }

    private static int at(double share, int count) {
        return (int) Math.ceil(share * count) - 1;
    }

    /** How long a ticket waited, and whether in vain. */
    record Wait(long waitedMs, boolean expired) {}
}
