package dev.paddock.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.TimeUnit;

/** A pod of nothing, one after the other: what Kubernetes itself takes from being asked until a pod runs. */
final class BarePods {
    /** On every node of a cluster of this machine's: it keeps a pod's network, and does nothing. */
    private static final String IMAGE = "localhost/pause:1";

    private BarePods() {}

    static Samples measure(KubernetesClient client, int times) {
        Samples samples = new Samples(times);
        for (int number = 0; number < times; number++) {
            Pod pod = pod("bare-" + number);
            long began = System.nanoTime();
            client.resource(pod).create();
            client.resource(pod)
                    .waitUntilCondition(
                            seen -> seen != null
                                    && "Running".equals(seen.getStatus().getPhase()),
                            1,
                            TimeUnit.MINUTES);
            samples.add(System.nanoTime() - began);
            client.resource(pod).withGracePeriod(0).delete();
        }
        return samples;
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withHostNetwork(true)
                .addNewContainer()
                .withName("bare")
                .withImage(IMAGE)
                .endContainer()
                .endSpec()
                .build();
    }
}
