package dev.paddock.e2e;

import dev.paddock.crds.GameMode;
import dev.paddock.crds.GameServer;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real Kubernetes for the tests of one class; {@link ClusterChoice} says which. Closed, it leaves nothing behind. */
interface TestCluster extends AutoCloseable {
    /** @param nodes how many, where that can be chosen; elsewhere there is one, or as many as there are */
    static TestCluster start(Path logs, int nodes) {
        return switch (ClusterChoice.of(Boolean.getBoolean("skipCluster"), System.getenv(), Files::exists)) {
            // The summary counts them as skipped.
            case ClusterChoice.LeftOut _ -> Assumptions.abort("left out by -DskipCluster");
            case ClusterChoice.Given given -> new GivenCluster(given.kubeconfig(), logs);
            case ClusterChoice.InDocker _ -> K3sCluster.start(logs);
            case ClusterChoice.OnThisMachine _ -> OwnCluster.start(logs, nodes);
        };
    }

    KubernetesClient client();

    /** What a person would see: kubectl's output. */
    String kubectl(String... words);

    /** A file, for programs of this machine. */
    Path kubeconfig();

    /** Where servers of a test on this machine must listen so that pods reach them. */
    String addressOfThisMachine();

    /** Hands an image, as Jib or {@code docker save} writes it, to every node. */
    void load(Path tar);

    @Override
    void close();

    /** Ours, as the chart brings them; returns when they can be used. */
    default void installCrds() {
        for (Class<? extends CustomResource<?, ?>> type : List.of(GameMode.class, GameServer.class)) {
            Path yaml = Path.of("..", "helm", "paddock", "crds", CustomResource.getCRDName(type) + "-v1.yml");
            var crd = Serialization.unmarshal(read(yaml), CustomResourceDefinition.class);
            client().resource(crd).forceConflicts().serverSideApply();
            client().resource(crd).waitUntilCondition(TestCluster::isEstablished, 30, TimeUnit.SECONDS);
        }
    }

    /** As {@code kubectl cordon} and {@code uncordon} do. */
    default void schedulable(String node, boolean isSchedulable) {
        client().nodes()
                .withName(node)
                .edit(present -> new NodeBuilder(present)
                        .editSpec()
                        .withUnschedulable(!isSchedulable)
                        .endSpec()
                        .build());
    }

    static KubernetesClient client(Path kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(read(kubeconfig)))
                .build();
    }

    private static boolean isEstablished(CustomResourceDefinition crd) {
        // Just created, it has a status without conditions.
        return crd != null
                && crd.getStatus() != null
                && crd.getStatus().getConditions() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
