package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import dev.paddock.crds.GameMode;
import dev.paddock.crds.GameServer;
import dev.paddock.crds.ServerPhase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The platform installed from the chart: its services are pods too, with the rights that the chart gives them, no more. */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChartE2E {
    private static final Duration ROLLOUT = Duration.ofMinutes(4);
    private static final Duration PLAY = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Path CHART = Path.of("..", "helm", "paddock");
    private static final String RELEASE = "paddock";
    private static final String NAMESPACE = "platform";
    private static final String RACES = "races";
    /** What every namespace has, and what Kubernetes itself and Helm keep. */
    private static final Pattern OF_KUBERNETES = Pattern.compile(
            "ServiceAccount/default|ConfigMap/kube-root-ca.crt|ClusterRole(Binding)?/(system:.*|admin|edit|view|cluster-admin)");

    private static final List<String> PARTS = List.of("manager", "director", "inventory");

    @TempDir
    static Path folder;

    private static TestCluster cluster;
    private static Stores stores;
    private static Door manager;
    private static Door inventory;
    private static String values;

    @BeforeAll
    static void whatAnAdminDoesFirst() throws IOException {
        cluster = TestCluster.start(folder, 2);
        GameServerImage.buildAll(folder).forEach(cluster::load);
        for (String name : List.of(NAMESPACE, RACES)) {
            cluster.client()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
        Path keys = folder.resolve("keys");
        Command.outputOf(folder, SOON, "./paddock", "keys", keys.toString());
        for (String part : PARTS) {
            createSecret("paddock-" + part, keys.resolve(part));
        }
        String here = cluster.addressOfThisMachine();
        stores = new Stores(folder, keys, here);
        manager = Door.toService("127.0.0.1", cluster.client(), NAMESPACE, RELEASE + "-manager");
        inventory = Door.toService(here, cluster.client(), NAMESPACE, RELEASE + "-inventory");
        values = stores.values() + """
                image: {registry: localhost/paddock, pullPolicy: Never}
                region: local
                servers: {namespace: %s}
                # Pods of a cluster of this machine's namespaces have no network of their own, and nobody serves its Services.
                hostNetwork: true
                # All of them start at once on this machine: the first compiler alone is quicker then.
                manager: {inventoryUrl: "http://%s", javaOptions: -XX:TieredStopAtLevel=1}
                director:
                  javaOptions: -XX:TieredStopAtLevel=1
                  settings: {paddock: {director: {start-within: 1m}}}
                inventory: {replicas: 1, javaOptions: -XX:TieredStopAtLevel=1}
                """.formatted(RACES, inventory.address());
    }

    @AfterAll
    static void end() {
        if (manager != null) {
            manager.close();
        }
        if (inventory != null) {
            inventory.close();
        }
        if (stores != null) {
            stores.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Order(1)
    void itsPodsAreReadyOnceThereIsAMode() throws IOException {
        new Helm(CHART)
                .install()
                .withKubeConfig(cluster.kubeconfig())
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withValuesFile(file(values))
                .call();
        await("the resources are known")
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> servers().isEmpty());

        apply();

        awaitRollout();
    }

    @Test
    @Order(2)
    void twoPlayersRaceToTheEnd() throws IOException {
        try (Command play = play()) {
            assertBothReachTheEnd(play);
        }
        assertThat(inventory.opened()).as("managers ask the inventory").isPositive();
    }

    @Test
    @Order(3)
    void aMatchGoesOnWhileEverythingIsReplaced() throws IOException {
        Map<String, Long> before = generations();
        await("the last match is over")
                .atMost(SOON)
                .until(() -> servers().stream().noneMatch(ChartE2E::plays));
        try (Command play = play()) {
            await("a match runs").atMost(SOON).until(() -> servers().stream().anyMatch(ChartE2E::plays));

            new Helm(CHART)
                    .upgrade()
                    .withKubeConfig(cluster.kubeconfig())
                    .withName(RELEASE)
                    .withNamespace(NAMESPACE)
                    .withValuesFile(file(values))
                    .set("manager.settings.paddock.socket.ping-every", "10s")
                    .set("director.settings.paddock.director.lost-after", "8s")
                    .set("inventory.javaOptions", "-XX:TieredStopAtLevel=1 -Xss512k")
                    .call();

            assertBothReachTheEnd(play);
        }
        awaitRollout();
        assertThat(generations())
                .allSatisfy((part, generation) ->
                        assertThat(generation).as(part).isGreaterThan(before.getOrDefault(part, 0L)));
        try (Command play = play()) {
            assertBothReachTheEnd(play);
        }
    }

    @Test
    @Order(4)
    void uninstalledItLeavesWhatAdminsAndDirectorsHaveMade() {
        Helm.uninstall(RELEASE)
                .withKubeConfig(cluster.kubeconfig())
                .withNamespace(NAMESPACE)
                .call();
        cluster.client().resources(GameMode.class).inNamespace(RACES).delete();
        cluster.client().resources(GameServer.class).inNamespace(RACES).delete();

        await("nothing is left but the Secrets that were made for it, and what its directors share")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(left())
                        .containsExactlyInAnyOrder(
                                "Secret/paddock-manager",
                                "Secret/paddock-director",
                                "Secret/paddock-inventory",
                                "Lease/paddock-operator",
                                "PodDisruptionBudget/paddock-in-match"));
    }

    /** Of all that a release, or its directors, might have made. */
    private static List<String> left() {
        var client = cluster.client();
        Stream<? extends HasMetadata> ofCluster = Stream.concat(
                client.rbac().clusterRoles().list().getItems().stream(),
                client.rbac().clusterRoleBindings().list().getItems().stream());
        Stream<? extends HasMetadata> ofNamespaces = Stream.of(NAMESPACE, RACES)
                .flatMap(name -> Stream.of(
                                client.apps().deployments().inNamespace(name).list(),
                                client.apps().replicaSets().inNamespace(name).list(),
                                client.pods().inNamespace(name).list(),
                                client.services().inNamespace(name).list(),
                                client.configMaps().inNamespace(name).list(),
                                client.secrets().inNamespace(name).list(),
                                client.serviceAccounts().inNamespace(name).list(),
                                client.policy()
                                        .v1()
                                        .podDisruptionBudget()
                                        .inNamespace(name)
                                        .list(),
                                client.rbac().roles().inNamespace(name).list(),
                                client.rbac().roleBindings().inNamespace(name).list(),
                                client.leases().inNamespace(name).list(),
                                client.resources(GameServer.class)
                                        .inNamespace(name)
                                        .list())
                        .flatMap(list -> list.getItems().stream()));
        return Stream.concat(ofCluster, ofNamespaces)
                .map(one -> one.getKind() + "/" + one.getMetadata().getName())
                .filter(name -> !OF_KUBERNETES.matcher(name).matches())
                .toList();
    }

    private static void assertBothReachTheEnd(Command play) throws IOException {
        assertThat(play.end(PLAY)).as(play.output()).isZero();
        String line = play.output()
                .lines()
                .filter(text -> text.startsWith("{"))
                .reduce((first, last) -> last)
                .orElseThrow();
        JsonNode match = new ObjectMapper().readTree(line).path("matches").path(0);
        assertThat(match.path("result").path("standings")).as(line).hasSize(2);
    }

    private static Command play() {
        return Command.paddock(folder, "play", "--url", "http://127.0.0.1:" + manager.port(), "--json");
    }

    private static void apply() throws IOException {
        String yaml = Files.readString(Path.of("..", "examples", "game-modes", "drag-race.yaml"))
                .replaceAll("(?m)image: drag-race ", "image: \"" + GameServerImage.NAME + "\" ");
        GameMode mode = Serialization.unmarshal(yaml, GameMode.class);
        mode.getMetadata().setNamespace(RACES);
        cluster.client().resource(mode).create();
    }

    private static void createSecret(String name, Path files) throws IOException {
        Map<String, String> data = new TreeMap<>();
        try (Stream<Path> all = Files.list(files)) {
            for (Path file : all.toList()) {
                data.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .create();
    }

    private static void awaitRollout() {
        try {
            await("all is rolled out")
                    .atMost(ROLLOUT)
                    .until(() -> PARTS.stream().allMatch(ChartE2E::isRolledOut));
        } catch (ConditionTimeoutException e) {
            String pods = cluster.kubectl("get", "pods", "--namespace", NAMESPACE, "--output", "wide");
            String logs = cluster.kubectl(
                    "logs", "--namespace", NAMESPACE, "--selector=app.kubernetes.io/part-of=paddock", "--prefix");
            throw new AssertionError(e.getMessage() + "\n" + pods + logs, e);
        }
    }

    private static boolean isRolledOut(String part) {
        Deployment deployment = deployment(part);
        int wanted = deployment.getSpec().getReplicas();
        var status = deployment.getStatus();
        return deployment.getMetadata().getGeneration().equals(status.getObservedGeneration())
                && Objects.equals(status.getUpdatedReplicas(), wanted)
                && Objects.equals(status.getAvailableReplicas(), wanted)
                && Objects.equals(status.getReplicas(), wanted);
    }

    private static Map<String, Long> generations() {
        return PARTS.stream()
                .collect(Collectors.toMap(
                        part -> part, part -> deployment(part).getMetadata().getGeneration()));
    }

    private static Deployment deployment(String part) {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(RELEASE + "-" + part)
                .require();
    }

    private static List<GameServer> servers() {
        return cluster.client()
                .resources(GameServer.class)
                .inNamespace(RACES)
                .list()
                .getItems();
    }

    private static boolean plays(GameServer server) {
        return server.getStatus() != null && server.getStatus().phase() == ServerPhase.IN_MATCH;
    }

    private static Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "values", ".yaml"), text);
    }
}
