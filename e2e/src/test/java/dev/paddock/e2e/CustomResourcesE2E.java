package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.crds.GameModeSpec;
import dev.paddock.crds.GameServerSpec;
import dev.paddock.crds.GameServerStatus;
import dev.paddock.crds.ServerPhase;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The custom resources on a real API server: what it takes, what it refuses, and with which words; what kubectl shows. */
@Tag("cluster")
class CustomResourcesE2E {
    private static final Path MODES = Path.of("..", "director-operator", "src", "test", "resources", "game-modes");
    private static final Path SERVERS = Path.of("src", "test", "resources", "game-servers");
    private static final String SAYS = "# the API server says: ";

    @TempDir
    static Path logs;

    private static TestCluster cluster;
    private static String namespace;

    @BeforeAll
    static void start() {
        cluster = TestCluster.start(logs, 1);
        cluster.installCrds();
        Namespace own = new NamespaceBuilder()
                .withNewMetadata()
                .withGenerateName("paddock-e2e-")
                .endMetadata()
                .build();
        namespace = cluster.client().resource(own).create().getMetadata().getName();
    }

    @AfterAll
    static void stop() {
        // Left out, it was never started.
        if (cluster == null) {
            return;
        }
        if (namespace != null) {
            cluster.client().namespaces().withName(namespace).delete();
        }
        cluster.close();
    }

    @ParameterizedTest
    @MethodSource
    void theApiServerTakesItAndOurRecordsReadIt(Path accepted) throws IOException {
        var created = resource(Files.readString(accepted)).create();

        // With the mapper of a client, which is the operator's.
        Object spec = Serialization.unmarshal(Serialization.asJson(created.get("spec")), specOf(created));
        assertThat(spec).isNotNull();
        cluster.client().resource(created).delete();
    }

    @ParameterizedTest
    @MethodSource
    void theApiServerRefusesItAndSaysWhy(Path refused) throws IOException {
        String yaml = Files.readString(refused);
        String why = yaml.lines()
                .filter(line -> line.startsWith(SAYS))
                .map(line -> line.substring(SAYS.length()))
                .findFirst()
                .orElseThrow();

        assertThatThrownBy(() -> resource(yaml).create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(why);
    }

    @Test
    void kubectlShowsAModeAndScalesItsStandbys() throws IOException {
        var created =
                resource(Files.readString(MODES.resolve("accepted/duel.yaml"))).create();

        kubectl("scale", "gm/duel", "--replicas=7");

        assertThat(kubectl("get", "gm", "duel", "--output", "jsonpath={.spec.standby.min}"))
                .isEqualTo("7");
        assertThat(kubectl("get", "paddock", "--output", "name")).contains("gamemode.paddock.dev/duel");
        assertThat(kubectl("get", "gm")).containsPattern("NAME +PLAYERS +STANDBY +IN-MATCH +QUEUED +READY +AGE");
        assertThatThrownBy(() -> kubectl("scale", "gm/duel", "--replicas=1001"))
                .hasMessageContaining("spec.standby.min")
                .hasMessageContaining("less than or equal to 1000");
        cluster.client().resource(created).delete();
    }

    @Test
    void kubectlShowsWhereAServerIsAndHowItIs() throws IOException {
        var server = resource(Files.readString(SERVERS.resolve("accepted/standby.yaml")))
                .create();
        String name = server.getMetadata().getName();
        server.setAdditionalProperty("status", Serialization.unmarshal(Serialization.asJson(inMatch()), Map.class));

        own(server).updateStatus();

        assertThat(kubectl("get", "gs", name))
                .containsPattern("NAME +MODE +PHASE +ADDRESS +PORTS +NODE +PLAYERS +AGE")
                .containsPattern(name + " +duel +InMatch +192.0.2.7 +40123/tcp,40124/udp +node1 +2 +[0-9]+s");
        own(server).delete();
    }

    @Test
    void aServersSpecNeverChangesAndItsLabelsMay() throws IOException {
        var server = resource(Files.readString(SERVERS.resolve("accepted/standby.yaml")))
                .create();
        String name = "gs/" + server.getMetadata().getName();

        kubectl("label", name, "colour=red");

        assertThatThrownBy(() -> kubectl("patch", name, "--type=merge", "--patch={\"spec\":{\"mode\":\"other\"}}"))
                .hasMessageContaining("a game server's spec never changes: delete it, and declare another one");
        assertThatThrownBy(() -> kubectl("patch", name, "--type=merge", "--patch={\"spec\":{\"matchId\":\"late\"}}"))
                .hasMessageContaining("a game server's spec never changes");
        own(server).delete();
    }

    static Stream<Path> theApiServerTakesItAndOurRecordsReadIt() throws IOException {
        return both("accepted");
    }

    static Stream<Path> theApiServerRefusesItAndSaysWhy() throws IOException {
        return both("refused");
    }

    private static GameServerStatus inMatch() {
        return new GameServerStatus(
                ServerPhase.IN_MATCH,
                "192.0.2.7",
                Map.of("udp", 40124, "tcp", 40123),
                "node1",
                "matchmatchmatchmatchmatchm",
                2,
                null,
                null,
                null,
                1L,
                List.of());
    }

    private static String kubectl(String... words) {
        return cluster.kubectl(Stream.concat(Stream.of("--namespace", namespace), Stream.of(words))
                .toArray(String[]::new));
    }

    /** As kubectl sends it: a field that nobody knows is an error. */
    private static NonDeletingOperation<GenericKubernetesResource> resource(String yaml) {
        var resource = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        resource.getMetadata().setNamespace(namespace);
        return cluster.client().resource(resource).fieldValidation(FieldValidateable.Validation.STRICT);
    }

    private static Resource<GenericKubernetesResource> own(GenericKubernetesResource resource) {
        return cluster.client().resource(resource);
    }

    private static Class<? extends Record> specOf(GenericKubernetesResource resource) {
        return resource.getKind().equals("GameMode") ? GameModeSpec.class : GameServerSpec.class;
    }

    private static Stream<Path> both(String folder) throws IOException {
        return Stream.concat(files(MODES.resolve(folder)).stream(), files(SERVERS.resolve(folder)).stream());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.sorted().toList();
            assertThat(all).isNotEmpty();
            return all;
        }
    }
}
