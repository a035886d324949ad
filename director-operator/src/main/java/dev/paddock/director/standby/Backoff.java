package dev.paddock.director.standby;

import java.time.Duration;
import java.time.Instant;

/**
 * When to start the next standby of a mode, after some have failed: after 1 s, 2 s, 4 s, … at most {@link #LONGEST}.
 *
 * @param failures in a row
 * @param failedAt the last one
 * @param notBefore when the next start may be
 */
record Backoff(int failures, Instant failedAt, Instant notBefore) {
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofSeconds(60);
    static final Backoff NONE = new Backoff(0, Instant.MIN, Instant.MIN);

    Backoff failed(Instant now) {
        // Past 2^6 the cap holds anyway; the shift must not overflow.
        Duration pause = FIRST.multipliedBy(1L << Math.min(failures, 6));
        Duration capped = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
        return new Backoff(failures + 1, now, now.plus(capped));
    }

    boolean allows(Instant now) {
        return !now.isBefore(notBefore);
    }
}
