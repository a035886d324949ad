package dev.paddock.director.fleet;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long the servers of each mode took from their start to their first word; the last {@link #KEPT} of each count. */
public final class StartTimes {
    static final int KEPT = 64;

    private final Map<String, Deque<Duration>> byMode = new HashMap<>();

    /**
     * @param p95 95 of 100 were as fast; of few, the slowest
     * @param count how many were measured
     */
    public record Measured(Duration p95, int count) {}

    void add(String mode, Duration took) {
        Deque<Duration> last = byMode.computeIfAbsent(mode, any -> new ArrayDeque<>());
        last.addLast(took);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    Optional<Measured> of(String mode) {
        Deque<Duration> last = byMode.get(mode);
        if (last == null) {
            return Optional.empty();
        }
        List<Duration> sorted = last.stream().sorted().toList();
        // The nearest rank: at least 95 of 100 are no slower.
        int rank = (int) Math.ceil(sorted.size() * 0.95);
        return Optional.of(new Measured(sorted.get(rank - 1), sorted.size()));
    }
}
