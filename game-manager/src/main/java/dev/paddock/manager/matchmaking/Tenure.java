package dev.paddock.manager.matchmaking;

import java.time.Duration;

/**
 * A lease as its holder knows it. The holder's own, monotonic clock decides: from the moment <em>before</em> the last
 * renewal that was confirmed, so that Redis never thinks the lease shorter than the holder does.
 *
 * @param token the fencing token: higher than that of every holder before
 * @param confirmedNanos {@link System#nanoTime} before the last renewal that was confirmed
 */
record Tenure(long token, long confirmedNanos) {
    /** How long Redis keeps a lease that is not renewed. */
    static final Duration EXPIRY = Duration.ofSeconds(3);

    /** How often it is renewed. */
    static final Duration RENEWAL = Duration.ofSeconds(1);

    /** When a holder that hears nothing stops to act: well before another can have the lease. */
    static final Duration SAFE = EXPIRY.multipliedBy(2).dividedBy(3);

    boolean mayAct(long nanos) {
        return nanos - confirmedNanos < SAFE.toNanos();
    }

    /** How long until it must be renewed; zero if now. */
    Duration untilRenewal(long nanos) {
        long left = RENEWAL.toNanos() - (nanos - confirmedNanos);
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    Tenure renewed(long nanos) {
        return new Tenure(token, nanos);
    }
}
