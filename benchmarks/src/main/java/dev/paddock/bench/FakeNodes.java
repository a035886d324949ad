package dev.paddock.bench;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Nodes that KWOK plays: the API server, the scheduler and whoever watches take them for real, and no container runs. */
final class FakeNodes implements AutoCloseable {
    static final Map<String, String> LABEL = Map.of("paddock.dev/fake-node", "true");

    private static final String TAINT = "paddock.dev/fake-node";
    private static final String PODS = "110";

    private final KubernetesClient client;

    private FakeNodes(KubernetesClient client) {
        this.client = client;
    }

    static FakeNodes create(KubernetesClient client, int count) {
        FakeNodes nodes = new FakeNodes(client);
        nodes.close();
        IntStream.range(0, count)
                .parallel()
                .forEach(number -> client.resource(node(number)).create());
        return nodes;
    }

    /** What a pod must tolerate to run there; real pods do not, and stay away. */
    static Toleration toleration() {
        return new TolerationBuilder()
                .withKey(TAINT)
                .withOperator("Exists")
                .withEffect("NoSchedule")
                .build();
    }

    boolean areReady(int count) {
        List<Node> nodes = client.nodes().withLabels(LABEL).list().getItems();
        return nodes.stream()
                        .filter(node -> node.getStatus().getConditions().stream()
                                .anyMatch(condition -> condition.getType().equals("Ready")
                                        && condition.getStatus().equals("True")))
                        .count()
                == count;
    }

    @Override
    public void close() {
        client.nodes().withLabels(LABEL).delete();
    }

    private static Node node(int number) {
        Map<String, Quantity> room =
                Map.of("cpu", new Quantity("64"), "memory", new Quantity("256Gi"), "pods", new Quantity(PODS));
        return new NodeBuilder()
                .withNewMetadata()
                .withName("fake-" + number)
                .withLabels(LABEL)
                .addToLabels("kubernetes.io/hostname", "fake-" + number)
                .addToAnnotations("kwok.x-k8s.io/node", "fake")
                .endMetadata()
                .withNewSpec()
                .addNewTaint()
                .withKey(TAINT)
                .withEffect("NoSchedule")
                .endTaint()
                .endSpec()
                .withNewStatus()
                .withCapacity(room)
                .withAllocatable(room)
                .endStatus()
                .build();
    }
}
