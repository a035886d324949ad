package dev.paddock.manager.matchmaking;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long a shift may wait for an arrival, in a form that Redis takes: until the first thing that is due without one. */
final class ArrivalWait {
    private ArrivalWait() {}

    /** The shortest of them. */
    static Duration of(Duration untilRenewal, Instant now, @Nullable Instant nextMoment, @Nullable Instant nextExpiry) {
        Duration wait = untilRenewal;
        if (nextMoment != null) {
            wait = shorter(wait, Duration.between(now, nextMoment));
        }
        if (nextExpiry != null) {
            wait = shorter(wait, Duration.between(now, nextExpiry));
        }
        // Zero would mean "for ever" to Redis, and it counts in whole milliseconds.
        return Duration.ofMillis(Math.max(1, wait.plusNanos(999_999).toMillis()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
