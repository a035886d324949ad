package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.crds.ExtraVolume;
import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerSpec;
import dev.paddock.crds.GameServerStatus;
import dev.paddock.crds.Mount;
import dev.paddock.crds.ServerPhase;
import dev.paddock.crds.ServerTemplate;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a mode asks of its pods, on real nodes; who may be evicted; what is said of all that in Events and meters; and what
 * people may do to the objects without harm.
 */
@Tag("cluster")
@ExtendWith(SharedPlatform.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TemplatesE2E {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration GIVEN_UP = Duration.ofSeconds(120);
    private static final String MODE = ClusterPlatform.MODE;

    /** Of servers that never run: they would count as standbys of the other one that are about to come. */
    private static final String NEVER = "never-race";

    /** A program that answers on a port until it is told to end; it comes with the cluster of this machine. */
    private static final String ECHO = "localhost/gs:1";

    private final ClusterPlatform platform;
    private DirectorProcess director;

    TemplatesE2E(ClusterPlatform platform) {
        this.platform = platform;
    }

    /** What has ended is looked at. */
    @BeforeAll
    void startADirector() {
        platform.apply(1);
        director = DirectorProcess.start(platform, Map.of("paddock.director.kubernetes.keep-finished", "10m"));
        director.awaitLead();
        declareWhatTakesAWhile();
    }

    /** Until the kubelet is given up: looked at by one of the last tests. */
    private void declareWhatTakesAWhile() {
        platform.apply(NEVER, 0, GameServerImage.NAME);
        for (GameServer server : List.of(
                declared("lacks-map", NEVER, withAMapThatIsNotThere()),
                declared("refused", NEVER, withTheSameMountTwice()))) {
            platform.client().resource(server).create();
        }
    }

    @AfterAll
    void stopTheDirector() {
        platform.deleteModes();
        Orphans.awaitNone(platform, 0);
        director.close();
        platform.wipe();
    }

    @Test
    @Order(1)
    void aMatchIsNotEvictedAndAStandbyIsAtOnceAndReplaced() {
        String first = theStandby();
        await("the kubelet has said that it runs: of a pending pod Kubernetes asks no budget")
                .atMost(SOON)
                .until(() -> "Running".equals(pod(first).getStatus().getPhase()));
        Play race = race();
        await("it has the match, and its pod says so")
                .atMost(SOON)
                .until(() -> phase(first) == ServerPhase.IN_MATCH
                        && pod(first).getMetadata().getLabels().containsKey("paddock.dev/in-match"));
        assertThat(evict(first)).as("a match is evicted").isFalse();

        String standby = theStandby();
        assertThat(evict(standby)).as("a standby is evicted").isTrue();

        await("another one waits")
                .atMost(SOON)
                .until(this::standbys, others -> others.size() == 1 && !others.contains(standby));
        race.everybodyRaced();
        assertThat(pod(first).getMetadata().getAnnotations())
                .containsEntry("cluster-autoscaler.kubernetes.io/safe-to-evict", "false");
        assertThat(pod(theStandby()).getMetadata().getAnnotations())
                .containsEntry("cluster-autoscaler.kubernetes.io/safe-to-evict", "true");
    }

    @Test
    @Order(2)
    void kubectlDescribesWhatHappenedToAServer() {
        String server = await("the first match is over")
                .atMost(SOON)
                .until(
                        () -> platform.servers(ServerPhase.FINISHED).stream()
                                .filter(one ->
                                        Objects.requireNonNull(one.getStatus()).matchId() != null)
                                .map(one -> one.getMetadata().getName())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();

        await("its Events are written")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(kubectl("describe", "gs", server))
                        .containsPattern("Normal +PodCreated +.* paddock-operator +its pod has no node yet")
                        .containsPattern("Normal +Standby +.* paddock-operator +it waits for a match")
                        .containsPattern("Normal +InMatch +.* paddock-operator +it serves match ")
                        .containsPattern("Normal +Completed +.* paddock-operator +exit code 0"));
        assertThat(kubectl("describe", "gm", MODE)).containsPattern("Normal +Sufficient +.* 1 of 1 wait");
    }

    @Test
    @Order(3)
    void whoWritesIntoAStatusEndsNoServerAndTheOperatorWritesWhatIs() {
        String standby = theStandby();

        kubectl(
                "patch",
                "gs",
                standby,
                "--subresource=status",
                "--type=merge",
                "--patch={\"status\":{\"phase\":\"Finished\",\"endedAt\":\"2101-01-01T00:00:00Z\",\"players\":99}}");

        await("it stands by again").atMost(SOON).until(() -> phase(standby) == ServerPhase.STANDBY);
        assertThat(Objects.requireNonNull(platform.server(standby).getStatus()).players())
                .isZero();
        assertThat(pod(standby).getMetadata().getDeletionTimestamp()).isNull();
    }

    @Test
    @Order(4)
    void aServerThatRunsNeedsItsSecretNoMore() {
        String standby = theStandby();

        platform.client()
                .secrets()
                .inNamespace(platform.namespace())
                .withName(standby + ".paddock")
                .delete();
        race().everybodyRaced();

        assertThat(phase(standby)).isIn(ServerPhase.IN_MATCH, ServerPhase.FINISHED);
    }

    @Test
    @Order(5)
    void aServerWithoutWhatItMountsAndOneThatMakesNoPodSayWhy() {
        await("the API server's words")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(whyUnhealthy("refused"))
                        .startsWith("PodRefused: ")
                        .contains("mountPath: Invalid value: \"/srv\": must be unique"));
        await("the kubelet's words")
                .atMost(GIVEN_UP)
                .untilAsserted(() -> assertThat(whyUnhealthy("lacks-map"))
                        .startsWith("FailedMount: ")
                        .contains("configmap \"nowhere\" not found"));
        assertThat(kubectl("describe", "gs", "lacks-map")).containsPattern("Warning +FailedMount ");
    }

    @Test
    @Order(7)
    void aDirectorCountsWhatItsOperatorDoes() throws IOException, InterruptedException {
        String meters = metersOfTheDirector();

        assertThat(meters)
                .containsPattern("paddock_servers_failed_total\\{reason=\"FailedMount\"\\} 1\\.0")
                .containsPattern("paddock_server_start_seconds_count\\{until=\"ready\"\\} [1-9]")
                .containsPattern("paddock_operator_reconcile_seconds_count\\{.*kind=\"GameServer\".*\\} [1-9]")
                .containsPattern("paddock_operator_queue\\{kind=\"GameServer\"\\} 0\\.0")
                .containsPattern("paddock_api_requests_total\\{code=\"201\",resource=\"pods\",verb=\"POST\"\\} [1-9]");
    }

    @Test
    @Order(8)
    void aSidecarStandsBesideAServerAndKeepsNoPodUpWhenThatHasEnded() {
        assumeThat(platform.cluster()).as("which brings the sidecar's image").isInstanceOf(OwnCluster.class);
        String built = Command.outputOf(platform.folder(), SOON, "e2e/cluster/build.sh")
                .strip();
        platform.cluster().load(Path.of(built.substring(built.lastIndexOf('\n') + 1), "gs.tar"));
        String before = theStandby();
        platform.applyWith("""
                    volumes: [{name: shared, emptyDir: {sizeLimit: 1Mi}}]
                    volumeMounts: [{name: shared, mountPath: /shared}]
                    sidecars:
                      - name: beside
                        image: "%s"
                        env: [{name: BIND, value: 127.0.0.1}]
                        resources: {limits: {memory: 32Mi}}
                        volumeMounts: [{name: shared, mountPath: /shared, readOnly: true}]
                """.formatted(ECHO));
        await("one with a sidecar waits")
                .atMost(SOON)
                .until(() -> standbys().size() == 1 && !standbys().contains(before));
        String standby = theStandby();
        assertThat(pod(standby).getStatus().getInitContainerStatuses())
                .allMatch(sidecar -> sidecar.getState().getRunning() != null)
                .hasSize(1);

        race().everybodyRaced();

        await("nothing of it runs any more")
                .atMost(SOON)
                .until(() -> phase(standby) == ServerPhase.FINISHED
                        && pod(standby).getStatus().getPhase().equals("Succeeded"));
    }

    private String whyUnhealthy(String server) {
        return Optional.ofNullable(platform.server(server).getStatus())
                .map(GameServerStatus::conditions)
                .flatMap(all -> all.stream()
                        .filter(condition -> condition.getType().equals("Healthy"))
                        .findFirst())
                .map(condition -> condition.getReason() + ": " + condition.getMessage())
                .orElse("");
    }

    @Test
    @Order(6)
    void aServerWhoseDirectorDiedBeforeItsSecretGetsAnotherOneAndStandsBy() {
        platform.client()
                .resource(declared("half-declared", MODE, ServerTemplate.of(GameServerImage.NAME)))
                .create();

        await("it stood by, and was told that nobody wants it")
                .atMost(SOON)
                .until(() -> phase("half-declared") == ServerPhase.FINISHED);
        assertThat(whyUnhealthy("half-declared")).startsWith("Completed: ");
    }

    /** With the key of another server, as if its director had not come to its Secret. */
    private GameServer declared(String name, String mode, ServerTemplate template) {
        String key =
                platform.server(theStandby()).getMetadata().getAnnotations().get("paddock.dev/public-key");
        GameServer server = new GameServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(platform.namespace())
                .addToLabels("paddock.dev/mode", mode)
                .addToAnnotations("paddock.dev/public-key", key)
                .build());
        server.setSpec(new GameServerSpec(mode, null, template));
        return server;
    }

    /** Mounted, as a volume that no container mounts is left out. */
    private static ServerTemplate withAMapThatIsNotThere() {
        ExtraVolume volume = new ExtraVolume("v", null, new ExtraVolume.ConfigMap("nowhere"), null, null);
        return new ServerTemplate(
                GameServerImage.NAME,
                null,
                null,
                null,
                null,
                null,
                List.of(volume),
                List.of(new Mount("v", "/srv", null)),
                null);
    }

    private static ServerTemplate withTheSameMountTwice() {
        ExtraVolume volume = new ExtraVolume("v", new ExtraVolume.EmptyDir("1Mi"), null, null, null);
        Mount mount = new Mount("v", "/srv", null);
        return new ServerTemplate(
                GameServerImage.NAME, null, null, null, null, null, List.of(volume), List.of(mount, mount), null);
    }

    private String metersOfTheDirector() throws IOException, InterruptedException {
        URI meters = URI.create(director.url() + "/prometheus");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(meters).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /** Asked once: the client would ask again until the match is over. */
    private boolean evict(String pod) {
        Config once = new ConfigBuilder(platform.client().getConfiguration())
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(once).build()) {
            return client.pods().inNamespace(platform.namespace()).withName(pod).evict();
        }
    }

    private Play race() {
        return Play.race(platform, MODE, 2);
    }

    /** Waits until there is just one. */
    private String theStandby() {
        return await("one standby waits")
                .atMost(SOON)
                .until(this::standbys, standbys -> standbys.size() == 1)
                .getFirst();
    }

    private List<String> standbys() {
        return platform.servers(ServerPhase.STANDBY).stream()
                .map(server -> server.getMetadata().getName())
                .toList();
    }

    private Pod pod(String name) {
        return platform.pod(platform.server(name)).require();
    }

    private ServerPhase phase(String server) {
        return ClusterPlatform.phase(platform.server(server));
    }

    /** In the platform's namespace. */
    private String kubectl(String... words) {
        return platform.cluster()
                .kubectl(Stream.concat(Stream.of("--namespace", platform.namespace()), Stream.of(words))
                        .toArray(String[]::new));
    }
}
