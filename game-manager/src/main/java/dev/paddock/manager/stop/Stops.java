package dev.paddock.manager.stop;

import dev.paddock.protocol.Stop;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Marks that a match (or a ticket) has passed a stop: one log line, one timer. */
@Singleton
public final class Stops {
    private static final Logger LOG = LoggerFactory.getLogger(Stops.class);

    private final MeterRegistry meters;
    private final ConcurrentMap<Key, Timer> timers = new ConcurrentHashMap<>();

    public Stops(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * @param subject what passed, as {@code matchId=...} or {@code ticketId=... playerId=...}
     * @param took since the stop before
     */
    public void passed(Stop stop, String mode, String subject, Duration took) {
        timers.computeIfAbsent(new Key(stop, mode), this::timer).record(took);
        LOG.info("stop={} mode={} {} tookMs={}", stop.word(), mode, subject, took.toNanos() / 1_000_000.0);
    }

    private Timer timer(Key key) {
        return Timer.builder("paddock.match.stop")
                .description("From the stop before to this one")
                .tag("stop", key.stop.word())
                .tag("mode", key.mode)
                .publishPercentiles(0.5, 0.99)
                .register(meters);
    }

    private record Key(Stop stop, String mode) {}
}
