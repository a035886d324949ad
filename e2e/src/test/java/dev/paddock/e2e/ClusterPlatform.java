package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.crds.GameMode;
import dev.paddock.crds.GameServer;
import dev.paddock.crds.ServerPhase;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code ./paddock up} beside a cluster, with the game servers in one of its namespaces; and what a test asks of both. */
final class ClusterPlatform implements AutoCloseable {
    static final String MODE = "drag-race";

    private static final Duration START = Duration.ofMinutes(5);

    private final TestCluster cluster;
    private final String namespace;
    private final Path folder;
    private final Command up;
    private final String port;

    private ClusterPlatform(TestCluster cluster, String namespace, Path folder, Command up, String port) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.folder = folder;
        this.up = up;
        this.port = port;
    }

    /** @param options of {@code up}, beside those that a cluster needs */
    static ClusterPlatform start(TestCluster cluster, String namespace, Path folder, String... options) {
        String port = freePort();
        List<String> words = new ArrayList<>(List.of("up", "--port", port));
        words.addAll(List.of("--data", folder.resolve("data").toString()));
        words.addAll(List.of("--kubeconfig", cluster.kubeconfig().toString(), "--namespace", namespace));
        words.addAll(List.of("--listen", cluster.addressOfThisMachine()));
        words.addAll(List.of(options));
        Command up = Command.paddock(folder, words.toArray(String[]::new));
        try {
            await("Paddock is ready")
                    .atMost(START)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        assertThat(up.isAlive()).as(up.output()).isTrue();
                        return up.output().contains("Paddock is ready: ");
                    });
        } catch (RuntimeException | AssertionError e) {
            up.close();
            throw e;
        }
        return new ClusterPlatform(cluster, namespace, folder, up, port);
    }

    /** The drag race of the examples under that name. */
    static void declare(TestCluster cluster, String namespace, String mode, int standbys, String image) {
        declare(cluster, namespace, mode, standbys, image, "");
    }

    /** @param template more lines of {@code spec.server} */
    private static void declare(
            TestCluster cluster, String namespace, String mode, int standbys, String image, String template) {
        String yaml = read(Path.of("..", "examples", "game-modes", MODE + ".yaml"))
                .replaceAll("(?m)name: " + MODE + " ", "name: " + mode + " ")
                .replaceAll("(?m)min: 1 ", "min: " + standbys + " ")
                .replaceAll("(?m)image: drag-race ", "image: \"" + image + "\" ");
        GameMode resource = Serialization.unmarshal(yaml + template, GameMode.class);
        resource.getMetadata().setNamespace(namespace);
        cluster.client().resource(resource).forceConflicts().serverSideApply();
    }

    /** Makes a namespace, if it is not there. */
    static void createNamespace(TestCluster cluster, String name) {
        var namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
        cluster.client().resource(namespace).serverSideApply();
    }

    /** The same platform, with modes and servers in another namespace. */
    ClusterPlatform in(String other) {
        return new ClusterPlatform(cluster, other, folder, up, port);
    }

    TestCluster cluster() {
        return cluster;
    }

    KubernetesClient client() {
        return cluster.client();
    }

    String namespace() {
        return namespace;
    }

    /** For the logs of what a test starts. */
    Path folder() {
        return folder;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** What {@code up --no-director} has written for a director. */
    Path directorFile() {
        return folder.resolve("data/run/director.yml");
    }

    void apply(int standbys) {
        apply(MODE, standbys, GameServerImage.NAME);
    }

    /** The drag race of the examples under that name. */
    void apply(String mode, int standbys, String image) {
        declare(cluster, namespace, mode, standbys, image);
    }

    /** With one standby, and more lines of {@code spec.server}. */
    void applyWith(String template) {
        declare(cluster, namespace, MODE, 1, GameServerImage.NAME, template);
    }

    List<GameServer> servers() {
        return client().resources(GameServer.class)
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    GameServer server(String name) {
        return client().resources(GameServer.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    List<GameServer> servers(ServerPhase phase) {
        return servers().stream().filter(server -> phase(server) == phase).toList();
    }

    /** The pod of a server, whether there is one or not. */
    PodResource pod(GameServer server) {
        return client().pods()
                .inNamespace(namespace)
                .withName(server.getMetadata().getName());
    }

    /** Whether players can queue for a mode. */
    boolean offers(String mode) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url() + "/v1/modes")).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains("\"" + mode + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    boolean hasMode() {
        return !client().resources(GameMode.class)
                .inNamespace(namespace)
                .list()
                .getItems()
                .isEmpty();
    }

    void deleteMode(String mode) {
        client().resources(GameMode.class).inNamespace(namespace).withName(mode).delete();
    }

    /** Whoever leads has to begin anew, or another one does. */
    void deleteLeases() {
        client().leases().inNamespace(namespace).delete();
    }

    void deleteModes() {
        client().resources(GameMode.class).inNamespace(namespace).delete();
    }

    /** Ends all that runs in the namespace, when no director does. */
    void wipe() {
        deleteModes();
        client().resources(GameServer.class).inNamespace(namespace).delete();
        client().pods().inNamespace(namespace).withGracePeriod(0).delete();
        await("nothing runs")
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        client().pods().inNamespace(namespace).list().getItems().isEmpty());
    }

    static ServerPhase phase(GameServer server) {
        return server.getStatus() == null || server.getStatus().phase() == null
                ? ServerPhase.PENDING
                : server.getStatus().phase();
    }

    @Override
    public void close() {
        up.close();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
