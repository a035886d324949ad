package dev.paddock.director.match;

import dev.paddock.protocol.Stop;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line and one timer, {@code paddock.match.stop{stop=...}}, for each stop that a match passes here. */
@Singleton
public final class Stops {
    private static final Logger LOG = LoggerFactory.getLogger("dev.paddock.director.stop");

    private final MeterRegistry registry;

    public Stops(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param took since the director was asked for the server, or told of it */
    public void passed(Stop stop, String matchId, String mode, String serverId, boolean standby, Duration took) {
        Timer.builder("paddock.match.stop")
                .tag("stop", stop.word())
                .publishPercentileHistogram()
                .register(registry)
                .record(took);
        LOG.info(
                "stop={} matchId={} mode={} serverId={} standby={} tookMs={}",
                stop.word(),
                matchId,
                mode,
                serverId,
                standby,
                took.toNanos() / 1e6);
    }
}
