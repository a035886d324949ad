package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.crds.ExtraVolume;
import dev.paddock.crds.GameMode;
import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerSpec;
import dev.paddock.crds.GameServerStatus;
import dev.paddock.crds.Mount;
import dev.paddock.crds.ServerPhase;
import dev.paddock.crds.ServerTemplate;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a mode asks of its pods, on real nodes; who may be evicted; what is said of all that in Events and meters; and what
 * people may do to the objects without harm.
 */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TemplatesE2E {
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration PLAY = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration GIVEN_UP = Duration.ofSeconds(120);
    private static final String MODE = "drag-race";

    /** Of servers that never run: they would count as standbys of the other one that are about to come. */
    private static final String NEVER = "never-race";

    /** A program that answers on a port until it is told to end; it comes with the cluster of this machine. */
    private static final String ECHO = "localhost/gs:1";

    @TempDir
    static Path folder;

    private static TestCluster cluster;
    private static Command up;
    private static String port;

    @BeforeAll
    static void startThePlatform() throws IOException {
        cluster = TestCluster.start(folder, 2);
        cluster.load(GameServerImage.build(folder));
        if (cluster instanceof OwnCluster) {
            String built =
                    Command.outputOf(folder, SOON, "e2e/cluster/build.sh").strip();
            cluster.load(Path.of(built.substring(built.lastIndexOf('\n') + 1), "gs.tar"));
        }
        cluster.installCrds();
        apply("");
        port = freePort();
        up = Command.paddock(
                folder,
                "up",
                "--port",
                port,
                "--data",
                folder.resolve("data").toString(),
                "--kubeconfig",
                cluster.kubeconfig().toString(),
                "--listen",
                cluster.addressOfThisMachine());
        await("Paddock is ready")
                .atMost(START)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    assertThat(up.isAlive()).as(up.output()).isTrue();
                    return up.output().contains("Paddock is ready: ");
                });
        declareWhatTakesAMinute();
    }

    /** Until the kubelet gives up: looked at by one of the last tests. */
    private static void declareWhatTakesAMinute() {
        ClusterPlatform.declare(cluster, "default", NEVER, 0, GameServerImage.NAME);
        for (GameServer server : List.of(
                declared("lacks-map", NEVER, withAMapThatIsNotThere()),
                declared("refused", NEVER, withTheSameMountTwice()))) {
            cluster.client().resource(server).create();
        }
    }

    @AfterAll
    static void stopThePlatform() {
        if (up != null) {
            up.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Order(1)
    void aMatchIsNotEvictedAndAStandbyIsAtOnceAndReplaced() {
        String first = theStandby();
        await("the kubelet has said that it runs: of a pending pod Kubernetes asks no budget")
                .atMost(SOON)
                .until(() -> "Running".equals(pod(first).getStatus().getPhase()));
        try (Command race = race()) {
            await("it has the match, and its pod says so")
                    .atMost(SOON)
                    .until(() -> phase(server(first)) == ServerPhase.IN_MATCH
                            && pod(first).getMetadata().getLabels().containsKey("paddock.dev/in-match"));
            assertThat(evict(first)).as("a match is evicted").isFalse();

            String standby = theStandby();
            assertThat(evict(standby)).as("a standby is evicted").isTrue();

            await("another one waits")
                    .atMost(SOON)
                    .until(TemplatesE2E::standbys, others -> others.size() == 1 && !others.contains(standby));
            assertThat(race.end(PLAY)).as(race.output()).isZero();
        }
        assertThat(pod(first).getMetadata().getAnnotations())
                .containsEntry("cluster-autoscaler.kubernetes.io/safe-to-evict", "false");
        assertThat(pod(theStandby()).getMetadata().getAnnotations())
                .containsEntry("cluster-autoscaler.kubernetes.io/safe-to-evict", "true");
    }

    @Test
    @Order(2)
    void kubectlDescribesWhatHappenedToAServer() {
        String server = in(ServerPhase.FINISHED).stream()
                .filter(one -> Objects.requireNonNull(one.getStatus()).matchId() != null)
                .map(one -> one.getMetadata().getName())
                .findFirst()
                .orElseThrow();

        await("its Events are written")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(cluster.kubectl("describe", "gs", server))
                        .containsPattern("Normal +PodCreated +.* paddock-operator +its pod has no node yet")
                        .containsPattern("Normal +Standby +.* paddock-operator +it waits for a match")
                        .containsPattern("Normal +InMatch +.* paddock-operator +it serves match ")
                        .containsPattern("Normal +Completed +.* paddock-operator +exit code 0"));
        assertThat(cluster.kubectl("describe", "gm", MODE)).containsPattern("Normal +Sufficient +.* 1 of 1 wait");
    }

    @Test
    @Order(3)
    void whoWritesIntoAStatusEndsNoServerAndTheOperatorWritesWhatIs() {
        String standby = theStandby();

        cluster.kubectl(
                "patch",
                "gs",
                standby,
                "--subresource=status",
                "--type=merge",
                "--patch={\"status\":{\"phase\":\"Finished\",\"endedAt\":\"2101-01-01T00:00:00Z\",\"players\":99}}");

        await("it stands by again").atMost(SOON).until(() -> phase(server(standby)) == ServerPhase.STANDBY);
        assertThat(Objects.requireNonNull(server(standby).getStatus()).players())
                .isZero();
        assertThat(pod(standby).getMetadata().getDeletionTimestamp()).isNull();
    }

    @Test
    @Order(4)
    void aServerThatRunsNeedsItsSecretNoMore() {
        String standby = theStandby();

        cluster.client()
                .secrets()
                .inNamespace("default")
                .withName(standby + ".paddock")
                .delete();
        try (Command race = race()) {
            assertThat(race.end(PLAY)).as(race.output()).isZero();
        }

        assertThat(phase(server(standby))).isIn(ServerPhase.IN_MATCH, ServerPhase.FINISHED);
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
        assertThat(cluster.kubectl("describe", "gs", "lacks-map")).containsPattern("Warning +FailedMount ");
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
    void aSidecarStandsBesideAServerAndKeepsNoPodUpWhenThatHasEnded() throws IOException {
        assumeThat(cluster).as("which brings the sidecar's image").isInstanceOf(OwnCluster.class);
        String before = theStandby();
        apply("""
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

        try (Command race = race()) {
            assertThat(race.end(PLAY)).as(race.output()).isZero();
        }

        await("nothing of it runs any more")
                .atMost(SOON)
                .until(() -> phase(server(standby)) == ServerPhase.FINISHED
                        && pod(standby).getStatus().getPhase().equals("Succeeded"));
    }

    private static String whyUnhealthy(String server) {
        return Optional.ofNullable(server(server).getStatus())
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
        cluster.client()
                .resource(declared("half-declared", MODE, ServerTemplate.of(GameServerImage.NAME)))
                .create();

        await("it stood by, and was told that nobody wants it")
                .atMost(SOON)
                .until(() -> phase(server("half-declared")) == ServerPhase.FINISHED);
        assertThat(whyUnhealthy("half-declared")).startsWith("Completed: ");
    }

    /** With the key of another server, as if its director had not come to its Secret. */
    private static GameServer declared(String name, String mode, ServerTemplate template) {
        String key = server(theStandby()).getMetadata().getAnnotations().get("paddock.dev/public-key");
        GameServer server = new GameServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace("default")
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

    /** Its port is in the file that {@code up} has written for it. */
    private static String metersOfTheDirector() throws IOException, InterruptedException {
        Matcher file =
                Pattern.compile("port: (\\d+)").matcher(Files.readString(folder.resolve("data/run/director.yml")));
        assertThat(file.find()).as("the director's port in its file").isTrue();
        URI meters = URI.create("http://127.0.0.1:" + file.group(1) + "/prometheus");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(meters).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static boolean evict(String pod) {
        return cluster.client().pods().inNamespace("default").withName(pod).evict();
    }

    /** @param template more of it */
    private static void apply(String template) throws IOException {
        String yaml = Files.readString(Path.of("..", "examples", "game-modes", MODE + ".yaml"))
                .replaceAll("(?m)image: drag-race .*", "image: \"" + GameServerImage.NAME + "\"");
        GameMode mode = Serialization.unmarshal(yaml + template, GameMode.class);
        mode.getMetadata().setNamespace("default");
        cluster.client().resource(mode).forceConflicts().serverSideApply();
    }

    private static Command race() {
        return Command.paddock(folder, "play", "--url", "http://127.0.0.1:" + port);
    }

    /** Waits until there is just one. */
    private static String theStandby() {
        return await("one standby waits")
                .atMost(SOON)
                .until(TemplatesE2E::standbys, standbys -> standbys.size() == 1)
                .getFirst();
    }

    private static List<String> standbys() {
        return in(ServerPhase.STANDBY).stream()
                .map(server -> server.getMetadata().getName())
                .toList();
    }

    private static List<GameServer> in(ServerPhase phase) {
        return cluster.client().resources(GameServer.class).inNamespace("default").list().getItems().stream()
                .filter(server -> phase(server) == phase)
                .toList();
    }

    private static GameServer server(String name) {
        return cluster.client()
                .resources(GameServer.class)
                .inNamespace("default")
                .withName(name)
                .require();
    }

    private static Pod pod(String name) {
        return cluster.client().pods().inNamespace("default").withName(name).require();
    }

    private static ServerPhase phase(GameServer server) {
        return server.getStatus() == null || server.getStatus().phase() == null
                ? ServerPhase.PENDING
                : server.getStatus().phase();
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
