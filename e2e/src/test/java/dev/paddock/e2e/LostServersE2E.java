package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.crds.GameServer;
import dev.paddock.crds.ServerPhase;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** In the middle of a match its server, its pod or its node goes away: its players race to the end, or are told. */
@Tag("cluster")
@ExtendWith(SharedPlatform.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostServersE2E {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final ClusterPlatform platform;
    private DirectorProcess director;

    LostServersE2E(ClusterPlatform platform) {
        this.platform = platform;
    }

    @BeforeAll
    void startADirector() {
        director = DirectorProcess.start(platform, Map.of());
        director.awaitLead();
    }

    @AfterAll
    void stopTheDirector() {
        platform.deleteModes();
        Orphans.awaitNone(platform, 0);
        director.close();
    }

    @AfterEach
    void nothingIsLeft() {
        Orphans.awaitNone(platform, platform.hasMode() ? 1 : 0);
    }

    @Test
    void aPodThatIsDeletedPlaysItsMatchToTheEnd() {
        Play play = race();

        platform.pod(inMatch()).delete();

        play.everybodyRaced();
    }

    @Test
    void aPodThatIsDeletedByForceTakesItsMatchAlongAndThePlayersAreTold() {
        Play play = race();

        platform.pod(inMatch()).withGracePeriod(0).delete();

        assertThat(play.everybodyWasTold().path("missing")).hasSize(2);
    }

    @Test
    void aServerThatIsKilledTakesItsMatchAlongAndThePlayersAreTold() {
        Play play = race();
        GameServer server = inMatch();

        signal(server, "SIGKILL");

        assertThat(play.everybodyWasTold().path("missing")).hasSize(2);
        assertThat(ClusterPlatform.phase(awaitEnd(server))).isEqualTo(ServerPhase.FAILED);
    }

    @Test
    void aServerThatHangsTakesItsMatchAlongAndItsStatusSaysSo() {
        Play play = race();
        GameServer server = inMatch();

        signal(server, "SIGSTOP");

        assertThat(play.everybodyWasTold().path("missing")).hasSize(2);
        assertThat(whyItFailed(awaitEnd(server))).isEqualTo("Silent");
    }

    @Test
    void aNodeThatIsCutOffTakesItsMatchAlongAndWhenItComesBackNothingIsPlayedTwice() {
        OwnCluster own = ownCluster();
        Play lost = race();
        GameServer server = inMatch();
        int node = numberOf(server);
        own.node("cut", node);
        try {
            assertThat(lost.everybodyWasTold().path("missing")).hasSize(2);
            assertThat(whyItFailed(awaitEnd(server))).isIn("Silent", "NodeLost");

            race().everybodyRaced();
        } finally {
            own.node("heal", node);
        }
    }

    @Test
    void aNodeThatIsDrainedPlaysItsMatchToTheEndAndItsStandbyMoves() {
        assumeThat(platform.client().nodes().list().getItems())
                .as("another node")
                .hasSizeGreaterThan(1);
        Play play = race();
        String node = nodeOf(inMatch());
        platform.cluster().schedulable(node, false);
        try {
            drain(node);

            play.everybodyRaced();
            await("a standby elsewhere")
                    .atMost(SOON)
                    .until(() -> platform.servers(ServerPhase.STANDBY).stream()
                            .anyMatch(standby -> !nodeOf(standby).equals(node)));
        } finally {
            platform.cluster().schedulable(node, true);
        }
    }

    @Test
    void aModeThatIsDeletedEndsItsStandbysAndNoMatch() {
        Play play = race();
        inMatch();

        platform.deleteModes();

        await("its standbys are gone")
                .atMost(SOON)
                .until(() -> platform.servers(ServerPhase.STANDBY).isEmpty());
        play.everybodyRaced();
    }

    private Play race() {
        platform.apply(1);
        await("a standby waits")
                .atMost(SOON)
                .until(() -> !platform.servers(ServerPhase.STANDBY).isEmpty());
        return Play.race(platform, ClusterPlatform.MODE, 2);
    }

    private GameServer inMatch() {
        return await("both are in")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> platform.servers(ServerPhase.IN_MATCH).stream()
                                .filter(server -> Integer.valueOf(2)
                                        .equals(Objects.requireNonNull(server.getStatus())
                                                .players()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private GameServer awaitEnd(GameServer server) {
        String name = server.getMetadata().getName();
        await("its end is seen")
                .atMost(SOON)
                .until(() -> ClusterPlatform.phase(platform.server(name)).isEnd());
        return platform.server(name);
    }

    private static String whyItFailed(GameServer server) {
        return Optional.ofNullable(Objects.requireNonNull(server.getStatus()).conditions())
                .flatMap(all -> all.stream()
                        .filter(condition -> condition.getType().equals("Healthy"))
                        .findFirst())
                .map(Condition::getReason)
                .orElse("");
    }

    /** As {@code kubectl drain} does: a pod that may not be evicted yet is asked again. */
    private void drain(String node) {
        List<Pod> pods = platform.client()
                .pods()
                .inNamespace(platform.namespace())
                .withField("spec.nodeName", node)
                .list()
                .getItems();
        for (Pod pod : pods) {
            await("pod " + pod.getMetadata().getName() + " is evicted")
                    .atMost(SOON)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> platform.client().resource(pod).get() == null
                            || platform.client().pods().resource(pod).evict());
        }
    }

    /** To its process, on its node. */
    private void signal(GameServer server, String signal) {
        String container = containerOf(platform.pod(server).get());
        ownCluster()
                .exec(numberOf(server), "ctr", "--namespace", "k8s.io", "tasks", "kill", "--signal", signal, container);
    }

    private OwnCluster ownCluster() {
        assumeThat(platform.cluster()).as("a cluster whose nodes can be broken").isInstanceOf(OwnCluster.class);
        return (OwnCluster) platform.cluster();
    }

    private static String nodeOf(GameServer server) {
        return Objects.requireNonNull(Objects.requireNonNull(server.getStatus()).node());
    }

    private static int numberOf(GameServer server) {
        return Integer.parseInt(nodeOf(server).substring("node".length()));
    }

    private static String containerOf(Pod pod) {
        return pod.getStatus()
                .getContainerStatuses()
                .getFirst()
                .getContainerID()
                .substring("containerd://".length());
    }
}
