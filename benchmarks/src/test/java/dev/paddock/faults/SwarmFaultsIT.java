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

/** Short runs of {@code ./paddock faults}, in the jars of this build. */
class SwarmFaultsIT {
    private static final int MATCHES = 150;
    private static final Logger LOG = LoggerFactory.getLogger(SwarmFaultsIT.class);

    @Test
    void nobodyIsLostWhileThingsBreak() throws InterruptedException {
        // Those that matter most, each once; in which order, which manager, and when, is up to the seed.
        run(
                RedisKind.ONE,
                3,
                List.of(
                        Fault.KILL_HOLDER,
                        Fault.PAUSE_HOLDER,
                        Fault.LATE_COMMIT,
                        Fault.KILL_REDIS,
                        Fault.RESTART_NATS));
    }

    @Test
    void whatAClusterLosesIsTold() throws InterruptedException {
        run(RedisKind.CLUSTER, 2, List.of(Fault.KILL_PRIMARY, Fault.LOSE_PRIMARY));
    }

    private static void run(RedisKind redis, int managers, List<Fault> each) throws InterruptedException {
        InstantSource clock = InstantSource.system();
        long seed = clock.millis() % 1_000_000;
        Wish wish = new Wish(
                MATCHES,
                each.size(),
                managers,
                200,
                50,
                seed,
                Duration.ofMinutes(3),
                redis,
                Fsync.ALWAYS,
                each,
                null,
                Path.of("target", "faults-" + seed).toAbsolutePath(),
                Path.of("target", "lib").toAbsolutePath() + "/*");
        FaultsRun.Outcome outcome = new FaultsRun(wish, clock, LOG::info, LOG::info).run();
        assertThat(outcome.violations()).as(outcome.line()).isEmpty();
        assertThat(outcome.matches()).isGreaterThanOrEqualTo(MATCHES);
        assertThat(outcome.faults()).isEqualTo(each.size());
        FaultsRun.clean(wish);
    }
}
