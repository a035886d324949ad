package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.crds.GameServer;
import dev.paddock.crds.ServerPhase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A director dies between a standby and its Secret: the next one finishes that server, and declares no other. What becomes of one
 * that was begun for a match is in {@link PodBackendE2E}.
 */
@Tag("cluster")
@ExtendWith(SharedPlatform.class)
class HalfDeclaredE2E {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Map<String, String> HALF_WAY =
            Map.of("paddock.director.fault-point", "after POST gameservers");

    private final ClusterPlatform platform;

    HalfDeclaredE2E(ClusterPlatform platform) {
        this.platform = platform;
    }

    @AfterEach
    void nothingIsLeft() {
        try (DirectorProcess last = DirectorProcess.start(platform, Map.of())) {
            platform.deleteModes();
            Orphans.awaitNone(platform, 0);
            assertThat(last.isAlive()).isTrue();
        }
    }

    @Test
    void aStandbyIsFinishedByTheNextLeader() {
        platform.apply(1);
        GameServer begun = leftByADyingDirector();

        try (DirectorProcess next = start(Map.of())) {
            await("it stands by; the director's log: " + next.logFile())
                    .atMost(SOON)
                    .until(() -> ClusterPlatform.phase(
                                    platform.server(begun.getMetadata().getName()))
                            == ServerPhase.STANDBY);
            assertThat(live()).hasSize(1);
        }
    }

    private GameServer leftByADyingDirector() {
        try (DirectorProcess dies = start(HALF_WAY)) {
            await("it dies; its log: " + dies.logFile()).atMost(SOON).until(() -> !dies.isAlive());
        }
        List<GameServer> begun = live();
        assertThat(begun).hasSize(1);
        assertThat(platform.client()
                        .secrets()
                        .inNamespace(platform.namespace())
                        .withName(begun.getFirst().getMetadata().getName() + ".paddock")
                        .get())
                .isNull();
        return begun.getFirst();
    }

    private List<GameServer> live() {
        return platform.servers().stream()
                .filter(server -> !ClusterPlatform.phase(server).isEnd())
                .toList();
    }

    /** Without waiting until the lease of a dead one is over. */
    private DirectorProcess start(Map<String, String> settings) {
        platform.client().leases().inNamespace(platform.namespace()).delete();
        return DirectorProcess.start(platform, settings);
    }
}
