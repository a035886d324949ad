package dev.paddock.director.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerSpec;
import dev.paddock.crds.GameServerStatus;
import dev.paddock.crds.ServerPhase;
import dev.paddock.crds.ServerTemplate;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServerNewsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Happenings happenings = new Happenings(new KubernetesClientBuilder().build(), InstantSource.system());
    private final ServerNews news = new ServerNews(happenings, new OperatorMeters(registry));

    @Test
    void whatIsSaidAgainAsAWatchWasBehindIsCountedOnce() {
        happenings.close();
        ServerStep.Seen seen = seen();

        news.count(seen, status(seen, ServerPhase.STANDBY, "Standby"));
        news.count(seen, status(seen, ServerPhase.STANDBY, "Standby"));
        news.count(seen, status(seen, ServerPhase.FAILED, "OOMKilled"));
        news.count(seen, status(seen, ServerPhase.FAILED, "OOMKilled"));

        assertThat(registry.get("paddock.servers.failed")
                        .tag("reason", "OOMKilled")
                        .counter()
                        .count())
                .isEqualTo(1);
        var ready = registry.get("paddock.server.start").tag("until", "ready").timer();
        assertThat(ready.count()).isEqualTo(1);
        assertThat(ready.totalTime(TimeUnit.SECONDS)).isEqualTo(2);
    }

    private static ServerStep.Seen seen() {
        GameServer server = new GameServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withName("s1")
                .withNamespace("games")
                .withUid("u1")
                .build());
        server.setSpec(new GameServerSpec("duel", null, ServerTemplate.of("localhost/duel:1")));
        ServerStep.First first = new ServerStep.First(NOW.minus(Duration.ofSeconds(2)), true);
        return new ServerStep.Seen(server, null, false, null, first, NOW);
    }

    private static GameServerStatus status(ServerStep.Seen seen, ServerPhase phase, String reason) {
        return ServerStatus.of(seen, null, phase, reason, "because");
    }
}
