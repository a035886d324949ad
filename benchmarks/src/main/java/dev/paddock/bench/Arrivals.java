package dev.paddock.bench;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** Players who come: each on a virtual thread of its own. */
final class Arrivals {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private Arrivals() {}

    /**
     * So many a second, whether those before have their answer or not. One who comes late, as the machine was busy, comes
     * at the next moment: the rate is kept. Each is told when it was to come ({@link System#nanoTime}), and counts from
     * then, so that no lateness is hidden.
     *
     * @return how many came
     */
    static long offered(int perSecond, Duration time, LongConsumer player) {
        AtomicLong came = new AtomicLong();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long began = System.nanoTime();
            long end = began + time.toNanos();
            for (long now = began; now < end; now = System.nanoTime()) {
                long due = (long) ((now - began) / 1e9 * perSecond);
                while (came.get() < due) {
                    long planned = began + (long) (came.getAndIncrement() * 1e9 / perSecond);
                    threads.execute(() -> player.accept(planned));
                }
                LockSupport.parkNanos(Math.min(200_000, 500_000_000L / perSecond));
            }
            await(threads);
        }
        return came.get();
    }

    /** So many at a time, each again and again. */
    static void atATime(int players, Duration time, Runnable player) {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < players; i++) {
                threads.execute(() -> {
                    while (!over.get()) {
                        player.run();
                    }
                });
            }
            LockSupport.parkNanos(time.toNanos());
            over.set(true);
            await(threads);
        }
    }

    /** All at once, each once. */
    static void atOnce(int players, Runnable player) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < players; i++) {
                threads.execute(player);
            }
            await(threads);
        }
    }

    private static void await(ExecutorService threads) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("players still have no answer after " + LONGEST_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
