package dev.paddock.manager.warm;

import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warms every {@link Warm} before the server listens, and so before the replica is ready. Side by side, and for no longer
 * than {@link #LONGEST}: one that hangs (MySQL is away) goes on behind the scenes, and a replica that is cold serves too.
 */
@Singleton
final class WarmUp {
    static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    private final List<Warm> all;

    WarmUp(List<Warm> all) {
        this.all = List.copyOf(all);
    }

    /** The application's start waits for its listeners; the server listens after it. */
    @EventListener
    void start(StartupEvent event) {
        warm();
    }

    void warm() {
        long began = System.nanoTime();
        List<Thread> threads = all.stream().map(WarmUp::begin).toList();
        int late = 0;
        try {
            for (Thread thread : threads) {
                Duration left = LONGEST.minusNanos(System.nanoTime() - began);
                late += thread.join(left) ? 0 : 1;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.info("warm parts={} late={} tookMs={}", all.size(), late, (System.nanoTime() - began) / 1_000_000);
    }

    private static Thread begin(Warm part) {
        return Thread.ofVirtual().name("warm-up").start(() -> {
            try {
                part.warm();
            } catch (Exception e) {
                LOG.warn("stays cold part={} why={}", part.getClass().getSimpleName(), e.toString());
            }
        });
    }
}
