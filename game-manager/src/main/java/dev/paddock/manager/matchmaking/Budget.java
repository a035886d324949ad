package dev.paddock.manager.matchmaking;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Lets questions take a tenth of the time and no more, after a burst; what comes beyond that is not answered. */
final class Budget {
    private static final int SHARE = 10;
    private static final long MOST = Duration.ofMillis(200).toNanos();

    private final LongSupplier nanos;
    private long left = MOST;
    private long countedAt;

    Budget() {
        this(System::nanoTime);
    }

    Budget(LongSupplier nanos) {
        this.nanos = nanos;
        this.countedAt = nanos.getAsLong();
    }

    /** Empty when there was nothing to give, or nothing left to spend. */
    <T> Optional<T> spend(Supplier<Optional<T>> answer) {
        long began = nanos.getAsLong();
        if (!isSolvent(began)) {
            return Optional.empty();
        }
        Optional<T> given = answer.get();
        spent(nanos.getAsLong() - began);
        return given;
    }

    private synchronized boolean isSolvent(long now) {
        left = Math.min(MOST, left + (now - countedAt) / SHARE);
        countedAt = now;
        return left > 0;
    }

    private synchronized void spent(long time) {
        left -= time;
    }
}
