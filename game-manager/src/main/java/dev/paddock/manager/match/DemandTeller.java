package dev.paddock.manager.match;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.matchmaking.Matchmaking;
import dev.paddock.manager.mode.Modes;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.queue.Demand;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells directors once a second how much is played, so that they keep enough servers waiting. A mode that nobody plays is
 * not spoken of, and costs nothing.
 */
@Singleton
final class DemandTeller {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(DemandTeller.class);

    private final Bus bus;
    private final Matchmaking matchmaking;
    private final Modes modes;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** By mode and region, since it was last told. */
    private final Map<String, Map<String, Integer>> formed = new HashMap<>();

    /** Of these modes it was told that tickets wait. */
    private final Set<String> waited = new HashSet<>();

    DemandTeller(Bus bus, Matchmaking matchmaking, Modes modes) {
        this.bus = bus;
        this.matchmaking = matchmaking;
        this.modes = modes;
    }

    /** A match needs a server. */
    void needs(String mode, String region) {
        synchronized (formed) {
            formed.computeIfAbsent(mode, any -> new HashMap<>()).merge(region, 1, Integer::sum);
        }
    }

    @EventListener
    void start(StartupEvent event) {
        Thread.ofVirtual().name("demand").start(this::run);
    }

    @PreDestroy
    void close() {
        closed.countDown();
    }

    private void run() {
        try {
            while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    modes.knownNames().forEach(this::tell);
                } catch (Exception e) {
                    LOG.warn("the demand is told again in a moment why={}", e.toString());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(String mode) {
        Map<String, Integer> matches = take(mode);
        Optional<Integer> waiting = matchmaking.waiting(mode);
        boolean waits = waiting.orElse(0) > 0;
        // That nobody waits any more is said once.
        boolean waitsNoMore = !waits && waited.remove(mode);
        if (waits) {
            waited.add(mode);
        }
        if (waits || waitsNoMore || !matches.isEmpty()) {
            bus.publish(Subjects.demand(mode), new Demand(mode, matches, waiting.orElse(null)));
        }
    }

    private Map<String, Integer> take(String mode) {
        synchronized (formed) {
            Map<String, Integer> taken = formed.remove(mode);
            return taken == null ? Map.of() : taken;
        }
    }
}
