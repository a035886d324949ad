package dev.paddock.director.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.local.server.NatsAuthority;
import dev.paddock.local.server.NatsServer;
import dev.paddock.local.server.Ports;
import dev.paddock.local.server.ServerHome;
import dev.paddock.local.server.SharedServers;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.StartReply;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A director that is started before NATS is. */
class LateNatsIT {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String region = Id.next(RANDOM);
    private final String matchId = Id.next(RANDOM);
    private final int port = Ports.free();

    @TempDir
    private Path folder;

    private NatsAuthority authority;
    private SharedServers.Nats nats;
    private Map<String, Object> settings;

    @BeforeEach
    void chooseWhereNatsWillBe() {
        authority = NatsAuthority.in(folder.resolve("keys"), RANDOM);
        nats = new SharedServers.Nats(
                "nats://127.0.0.1:" + port,
                authority.managerCreds(),
                authority.directorCreds(),
                authority.accountSeed());
        settings = TestDirector.settings(region, folder, TestDirector.command(FakeServer.Behaviour.GOOD), 1, nats);
    }

    @Test
    void itStartsSaysThatNatsIsAwayOnceAndServesMatchesWhenNatsIsThere() throws Exception {
        try (DirectorProcess director = DirectorProcess.start(folder, settings)) {
            await("the director is up", () -> director.status("/health/liveness") == 200);
            assertThat(director.status("/health/readiness")).isEqualTo(503);
            assertThat(director.log()).containsOnlyOnce("NATS at " + nats.url() + " cannot be reached");

            try (NatsServer _ = NatsServer.start(ServerHome.in(folder.resolve("nats"), _ -> {}), port, authority);
                    FakeManager manager = new FakeManager(region, nats)) {
                await("the director is ready", () -> director.status("/health/readiness") == 200);
                director.awaitStandbys(1);

                assertThat(manager.start(manager.match(matchId))).isInstanceOf(StartReply.Assigned.class);
                manager.await(matchId, MatchEvent.Ready.class);

                assertThat(director.log()).containsOnlyOnce("cannot be reached");
                assertThat(director.terminate()).isIn(0, 143);
            }
        } finally {
            TestDirector.endServers(folder);
        }
    }

    @Test
    void itCanBeStoppedWhileNatsIsAway() throws Exception {
        try (DirectorProcess director = DirectorProcess.start(folder, settings)) {
            await("the director is up", () -> director.status("/health/liveness") == 200);

            assertThat(director.terminate()).isIn(0, 143);
        }
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(90)).until(condition);
    }
}
