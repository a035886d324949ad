package dev.paddock.director.operator;

import dev.paddock.director.kubernetes.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.Map;

/** Who may be evicted by a drain or an autoscaler: a standby at once, a server with a match not before it has ended. */
final class Eviction {
    static final String BUDGET = "paddock-in-match";
    static final String SAFE_TO_EVICT = "cluster-autoscaler.kubernetes.io/safe-to-evict";

    /** The label is for the budget, the annotation for the autoscaler. */
    static final String IN_MATCH_PATCH = """
            {"metadata": {"labels": {"%s": "true"}, "annotations": {"%s": "false"}}}""".formatted(Labels.IN_MATCH, SAFE_TO_EVICT);

    private static final int ALL = Integer.MAX_VALUE;

    private Eviction() {}

    static boolean isInMatch(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels != null && labels.containsKey(Labels.IN_MATCH);
    }

    /**
     * One for all matches of the namespace. It asks for more pods than there can be, so that none may go: of pods whose owner
     * Kubernetes cannot scale, a budget counts nothing but a number that must stay.
     */
    static PodDisruptionBudget budget(String namespace) {
        return new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withName(BUDGET)
                .withNamespace(namespace)
                .addToLabels("app.kubernetes.io/managed-by", "paddock")
                .endMetadata()
                .withNewSpec()
                .withNewMinAvailable(ALL)
                .withNewSelector()
                .addToMatchLabels(Labels.IN_MATCH, "true")
                .endSelector()
                .endSpec()
                .build();
    }
}
