package dev.paddock.manager.outlook;

import dev.paddock.manager.outlook.Figures.Wait;
import dev.paddock.protocol.queue.QueueReport;
import dev.paddock.protocol.queue.WaitEstimate;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What came of the tickets that this replica matched or let expire: the last {@link #MOST} of each mode, none older than
 * {@link #YOUNG}; and the same as metrics, by mode and never by player. Tickets that were cancelled are left out: they say
 * how patient their players were.
 */
@Singleton
public final class Recent {
    static final int MOST = 500;
    static final Duration YOUNG = Duration.ofHours(1);

    /** Between the start of a window and the life of a ticket. */
    private static final Duration[] WAITS = {
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5)
    };

    private static final double[] POINTS = {25, 50, 100, 200, 400, 800, 1600};
    private static final double[] LATENCIES = {20, 40, 80, 120, 160, 240, 400};

    private final MeterRegistry meters;
    private final ConcurrentMap<String, OfMode> modes = new ConcurrentHashMap<>();

    public Recent(MeterRegistry meters) {
        this.meters = meters;
    }

    public void formed(String mode, FormedFigures figures, Instant at) {
        of(mode).formed(figures, at);
    }

    /** Tickets joined a match that runs: only how long they waited says something of the queue. */
    public void joined(String mode, List<Long> waitedMs, Instant at) {
        of(mode).joined(waitedMs, at);
    }

    public void expired(String mode, Duration waited, Instant at) {
        of(mode).expired(waited, at);
    }

    /** How much longer a ticket waits that has waited so long; null: not known yet. */
    public @Nullable WaitEstimate estimate(String mode, long waitedMs, Instant now) {
        return Figures.estimate(of(mode).waits(now), waitedMs);
    }

    public QueueReport.Recent report(String mode, Instant now) {
        return of(mode).report(now);
    }

    private OfMode of(String mode) {
        return modes.computeIfAbsent(mode, name -> new OfMode(meters, name));
    }

    private static final class OfMode {
        private final Deque<At<Wait>> waits = new ArrayDeque<>();
        private final Deque<At<FormedFigures>> matches = new ArrayDeque<>();
        private final Timer waited;
        private final DistributionSummary ratingDifference;
        private final DistributionSummary worstLatency;

        OfMode(MeterRegistry meters, String mode) {
            this.waited = Timer.builder("paddock.queue.wait")
                    .description("From a ticket's queueing to its match")
                    .tag("mode", mode)
                    .serviceLevelObjectives(WAITS)
                    .register(meters);
            this.ratingDifference = DistributionSummary.builder("paddock.match.rating.difference")
                    .description("Between the strongest and the weakest ticket of a match, in points")
                    .tag("mode", mode)
                    .serviceLevelObjectives(POINTS)
                    .register(meters);
            this.worstLatency = DistributionSummary.builder("paddock.match.worst.latency")
                    .description("Of the player who is worst off in a match's region, in milliseconds")
                    .tag("mode", mode)
                    .serviceLevelObjectives(LATENCIES)
                    .register(meters);
        }

        void formed(FormedFigures figures, Instant at) {
            joined(figures.waitedMs(), at);
            ratingDifference.record(figures.ratingDifference());
            Integer latency = figures.worstLatencyMs();
            if (latency != null) {
                worstLatency.record(latency);
            }
            synchronized (this) {
                put(matches, figures, at);
            }
        }

        void joined(List<Long> waitedMs, Instant at) {
            waitedMs.forEach(ms -> waited.record(Duration.ofMillis(ms)));
            synchronized (this) {
                waitedMs.forEach(ms -> put(waits, new Wait(ms, false), at));
            }
        }

        synchronized void expired(Duration after, Instant at) {
            put(waits, new Wait(after.toMillis(), true), at);
        }

        synchronized List<Wait> waits(Instant now) {
            return young(waits, now);
        }

        synchronized QueueReport.Recent report(Instant now) {
            List<Wait> waitsNow = young(waits, now);
            List<FormedFigures> matchesNow = young(matches, now);
            return new QueueReport.Recent(
                    matchesNow.size(),
                    (int) waitsNow.stream().filter(Wait::expired).count(),
                    Figures.spread(waitsNow.stream()
                            .filter(wait -> !wait.expired())
                            .mapToDouble(Wait::waitedMs)
                            .toArray()),
                    Figures.spread(matchesNow.stream()
                            .mapToDouble(FormedFigures::ratingDifference)
                            .toArray()),
                    Figures.spread(matchesNow.stream()
                            .mapToDouble(FormedFigures::teamDifference)
                            .toArray()),
                    Figures.spread(matchesNow.stream()
                            .map(FormedFigures::worstLatencyMs)
                            .filter(Objects::nonNull)
                            .mapToDouble(Integer::doubleValue)
                            .toArray()));
        }

        private static <T> void put(Deque<At<T>> deque, T value, Instant at) {
            if (deque.size() == MOST) {
                deque.removeFirst();
            }
            deque.addLast(new At<>(at, value));
        }

        private static <T> List<T> young(Deque<At<T>> deque, Instant now) {
            Instant limit = now.minus(YOUNG);
            deque.removeIf(entry -> entry.at().isBefore(limit));
            return deque.stream().map(At::value).toList();
        }
    }

    private record At<T>(Instant at, T value) {}
}
