package dev.paddock.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.local.server.RedisServer.Fsync;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A short run of {@code ./paddock faults}, in the jars of this build. */
class FaultsIT {
    private static final Logger LOG = LoggerFactory.getLogger(FaultsIT.class);

    @Test
    void nobodyIsLostWhileThingsBreak() throws InterruptedException {
        // One of each that matters most; which manager, and when, is up to the seed.
        run(
                RedisKind.ONE,
                5,
                List.of(
                        Fault.KILL_HOLDER,
                        Fault.PAUSE_HOLDER,
                        Fault.LATE_COMMIT,
                        Fault.KILL_REDIS,
                        Fault.RESTART_NATS));
    }

    @Test
    void whatAClusterLosesIsTold() throws InterruptedException {
        run(RedisKind.CLUSTER, 3, List.of(Fault.KILL_PRIMARY, Fault.LOSE_PRIMARY));
    }

    private static void run(RedisKind redis, int faults, List<Fault> kinds) throws InterruptedException {
        InstantSource clock = InstantSource.system();
        long seed = clock.millis() % 1_000_000;
        Wish wish = new Wish(
                200,
                faults,
                3,
                200,
                50,
                seed,
                Duration.ofMinutes(3),
                redis,
                Fsync.ALWAYS,
                kinds,
                null,
                Path.of("target", "faults-" + seed).toAbsolutePath(),
                Path.of("target", "lib").toAbsolutePath() + "/*");
        FaultsRun.Outcome outcome = new FaultsRun(wish, clock, LOG::info).run();
        assertThat(outcome.violations()).as(outcome.line()).isEmpty();
        assertThat(outcome.matches()).isGreaterThanOrEqualTo(200);
        assertThat(outcome.faults()).isEqualTo(faults);
        FaultsRun.clean(wish);
    }
}
