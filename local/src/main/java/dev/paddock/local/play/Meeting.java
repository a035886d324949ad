package dev.paddock.local.play;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where this program's players of a match wait for each other, so that nobody resigns before all have joined. */
final class Meeting {
    private final ConcurrentMap<String, CountDownLatch> matches = new ConcurrentHashMap<>();

    /** @return whether {@code count} players came in time */
    boolean await(String matchId, int count, Duration within) throws InterruptedException {
        CountDownLatch latch = matches.computeIfAbsent(matchId, id -> new CountDownLatch(count));
        latch.countDown();
        return latch.await(within.toNanos(), TimeUnit.NANOSECONDS);
    }
}
