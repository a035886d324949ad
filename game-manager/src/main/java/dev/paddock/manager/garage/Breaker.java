package dev.paddock.manager.garage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A circuit breaker: after a failure nobody asks for a while, so that nobody waits for what is down. */
final class Breaker {
    private final InstantSource time;
    private final Duration pause;
    private final AtomicReference<Instant> closedFrom = new AtomicReference<>(Instant.MIN);

    Breaker(InstantSource time, Duration pause) {
        this.time = time;
        this.pause = pause;
    }

    /** Whether it makes sense to ask. */
    boolean isClosed() {
        return !time.instant().isBefore(closedFrom.get());
    }

    void failed() {
        closedFrom.set(time.instant().plus(pause));
    }
}
