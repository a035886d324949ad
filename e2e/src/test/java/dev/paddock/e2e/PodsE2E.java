package dev.paddock.e2e;

import static dev.paddock.e2e.ClusterPlatform.phase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerSpec;
import dev.paddock.crds.ServerPhase;
import dev.paddock.crds.ServerTemplate;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The platform with game servers as pods of a real cluster: from the ticket to both players racing on the pod. */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PodsE2E {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String MODE = ClusterPlatform.MODE;

    @TempDir
    static Path folder;

    private static TestCluster cluster;
    private static ClusterPlatform platform;

    @BeforeAll
    static void startThePlatform() {
        cluster = TestCluster.start(folder, 2);
        cluster.load(GameServerImage.build(folder));
        cluster.installCrds();
        ClusterPlatform.declare(cluster, "default", MODE, 0, GameServerImage.NAME);
        platform = ClusterPlatform.start(cluster, "default", folder);
    }

    @AfterAll
    static void stopThePlatform() {
        if (platform != null) {
            platform.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Order(1)
    void withoutStandbysAMatchWaitsForItsOwnPod() {
        JsonNode match = play();

        assertThat(match.path("result").path("standings")).hasSize(2);
        assertThat(match.path("stops").findValuesAsText("stop")).contains("started");
        await("the server has ended well")
                .atMost(SOON)
                .until(() -> platform.servers().stream().allMatch(server -> phase(server) == ServerPhase.FINISHED));
    }

    @Test
    @Order(2)
    void aStandbyIsKeptAndTakesTheNextMatch() {
        platform.apply(1);
        await("a standby waits").atMost(SOON).until(() -> standbys().size() == 1);
        String standby = standbys().getFirst().getMetadata().getName();

        JsonNode match = play();

        assertThat(match.path("result").path("standings")).hasSize(2);
        assertThat(match.path("stops").findValuesAsText("stop")).doesNotContain("started");
        await("it has ended, and another one waits")
                .atMost(SOON)
                .until(() -> phase(platform.server(standby)) == ServerPhase.FINISHED
                        && standbys().size() == 1);
    }

    @Test
    @Order(3)
    void aPodIsAllowedNothingThatItDoesNotNeed() {
        Pod pod = cluster.client()
                .pods()
                .inNamespace("default")
                .withName(standbys().getFirst().getMetadata().getName())
                .get();

        assertThat(pod.getSpec().getHostNetwork()).isTrue();
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
        var container = pod.getSpec().getContainers().getFirst().getSecurityContext();
        assertThat(container.getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType())
                .isEqualTo("RuntimeDefault");
    }

    @Test
    @Order(4)
    void aStandbyWhosePodIsDeletedIsReplaced() {
        String standby = standbys().getFirst().getMetadata().getName();

        cluster.client().pods().inNamespace("default").withName(standby).delete();

        await("another one waits")
                .atMost(SOON)
                .until(() -> theStandby()
                        .filter(other -> !other.getMetadata().getName().equals(standby))
                        .isPresent());
    }

    @Test
    @Order(5)
    void aNodeThatTakesNoMorePodsLosesItsStandbyToAnotherNode() {
        List<Node> nodes = cluster.client().nodes().list().getItems();
        assumeThat(nodes).as("another node").hasSizeGreaterThan(1);
        GameServer standby = standbys().getFirst();
        String cordoned = node(standby);
        cluster.schedulable(cordoned, false);
        try {
            await("it has ended, and one on another node waits")
                    .atMost(SOON)
                    .until(() -> phase(platform.server(standby.getMetadata().getName())) == ServerPhase.FINISHED
                            && theStandby()
                                    .filter(other -> !node(other).equals(cordoned))
                                    .isPresent());
        } finally {
            cluster.schedulable(cordoned, true);
        }
    }

    @Test
    @Order(6)
    void aServerThatIsDeclaredByHandGetsAKeyStandsByAndIsRetiredAsThereAreEnough() {
        GameServer byHand = new GameServer();
        byHand.setMetadata(new ObjectMetaBuilder()
                .withName("by-hand")
                .withNamespace("default")
                .build());
        byHand.setSpec(new GameServerSpec(MODE, null, ServerTemplate.of(GameServerImage.NAME)));

        cluster.client().resource(byHand).create();

        await("it stood by, and was told that nobody wants it")
                .atMost(SOON)
                .until(() -> phase(platform.server("by-hand")) == ServerPhase.FINISHED);
        assertThat(platform.server("by-hand").getStatus().publicKey()).startsWith("-----BEGIN PUBLIC KEY-----");
    }

    @Test
    @Order(7)
    void aPodWithOurLabelsThatIsNoneOfOursEndsNoServer() {
        String standby = standbys().getFirst().getMetadata().getName();
        Pod foreign = new PodBuilder()
                .withNewMetadata()
                .withName("foreign")
                .withNamespace("default")
                .addToLabels("paddock.dev/server", standby)
                .endMetadata()
                .withNewSpec()
                .withHostNetwork(true)
                .addNewContainer()
                .withName("server")
                .withImage("localhost/no-such-image:1")
                .endContainer()
                .endSpec()
                .build();
        cluster.client().resource(foreign).create();
        try {
            await("its image cannot be had").atMost(SOON).until(() -> waits(foreign));

            await("the server goes on, and none is started in its place")
                    .during(Duration.ofSeconds(5))
                    .atMost(SOON)
                    .until(() -> theStandby()
                            .filter(same -> same.getMetadata().getName().equals(standby))
                            .isPresent());
        } finally {
            cluster.client().resource(foreign).withGracePeriod(0).delete();
        }
    }

    @Test
    @Order(8)
    void anImageThatDoesNotExistIsSaidInTheStatusOfTheServer() {
        platform.apply(MODE, 1, "localhost/paddock/no-such-image:1");

        await("a server has failed for its image")
                .atMost(SOON)
                .until(() -> platform.servers().stream()
                        .filter(server -> phase(server) == ServerPhase.FAILED)
                        .flatMap(server ->
                                Objects.requireNonNull(server.getStatus().conditions()).stream())
                        .anyMatch(condition -> condition.getType().equals("Healthy")
                                && condition.getMessage().contains("no-such-image")));
    }

    private static String node(GameServer server) {
        return Objects.requireNonNull(server.getStatus().node());
    }

    private static boolean waits(Pod pod) {
        return cluster.client().resource(pod).get().getStatus().getContainerStatuses().stream()
                .map(container -> container.getState().getWaiting())
                .anyMatch(waiting -> waiting != null && waiting.getReason().contains("Image"));
    }

    private static JsonNode play() {
        return Play.race(platform, MODE, 2).everybodyRaced().path("matches").path(0);
    }

    private static List<GameServer> standbys() {
        return platform.servers(ServerPhase.STANDBY);
    }

    /** The only one, as it is at one moment. */
    private static Optional<GameServer> theStandby() {
        List<GameServer> all = standbys();
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }
}
