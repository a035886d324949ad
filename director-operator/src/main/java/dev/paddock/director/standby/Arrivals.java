package dev.paddock.director.standby;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How many matches of one mode came lately. Not for two threads. */
final class Arrivals {
    /** A rush shows in this. */
    static final Duration SHORT = Duration.ofSeconds(10);

    /** Of a mode that is played now and then, the short time shows nothing. */
    static final Duration LONG = Duration.ofMinutes(1);

    private final Deque<Told> told = new ArrayDeque<>();

    private record Told(Instant at, int matches) {}

    void add(int matches, Instant now) {
        told.addLast(new Told(now, matches));
    }

    /** Matches a second: of the short or the long time, where there are more. */
    double rate(Instant now) {
        Instant oldest = now.minus(LONG);
        while (!told.isEmpty() && told.getFirst().at().isBefore(oldest)) {
            told.removeFirst();
        }
        return Math.max(rate(now, SHORT), rate(now, LONG));
    }

    private double rate(Instant now, Duration within) {
        Instant from = now.minus(within);
        int matches = told.stream()
                .filter(one -> !one.at().isBefore(from))
                .mapToInt(Told::matches)
                .sum();
        return (double) matches / within.toSeconds();
    }
}
