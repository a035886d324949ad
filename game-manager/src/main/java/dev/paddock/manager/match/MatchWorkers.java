package dev.paddock.manager.match;

import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.redis.StreamConsumer;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.mode.Mode;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each replica runs for each mode: a consumer of formed matches, a consumer of results, and looks at live matches.
 * They go on when the mode is taken away: its matches are still there.
 */
@Singleton
final class MatchWorkers {
    private static final Logger LOG = LoggerFactory.getLogger(MatchWorkers.class);

    private final MatchConsumer matches;
    private final Results results;
    private final LiveMatches live;
    private final Modes modes;
    private final MatchSettings settings;
    private final String replica;
    private final ConcurrentMap<String, List<StreamConsumer>> consumers = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    MatchWorkers(
            MatchConsumer matches,
            Results results,
            LiveMatches live,
            Modes modes,
            MatchSettings settings,
            RandomGenerator random) {
        this.matches = matches;
        this.results = results;
        this.live = live;
        this.modes = modes;
        this.settings = settings;
        this.replica = Id.next(random);
    }

    @EventListener
    void start(StartupEvent event) {
        modes.onChange(this::start);
        Thread.ofVirtual().name("looks").start(this::look);
    }

    @PreDestroy
    void close() {
        closed.countDown();
        List<StreamConsumer> all =
                consumers.values().stream().flatMap(List::stream).toList();
        all.forEach(StreamConsumer::stop);
        all.forEach(StreamConsumer::close);
    }

    private void start(Mode mode) {
        consumers.computeIfAbsent(
                mode.name(), name -> List.of(matches.consume(name, replica), results.consume(name, replica)));
    }

    private void look() {
        try {
            while (!closed.await(settings.lookEvery().toMillis(), TimeUnit.MILLISECONDS)) {
                consumers.keySet().forEach(this::look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(String mode) {
        try {
            live.look(mode);
        } catch (Exception e) {
            LOG.warn("looks will go on mode={} why={}", mode, e.toString());
        }
    }
}
