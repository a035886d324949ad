package dev.paddock.director.operator;

import dev.paddock.director.backend.Packing;
import dev.paddock.director.kubernetes.Labels;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTermBuilder;
import org.jspecify.annotations.Nullable;

/** Where the pod of a server would like to be: where its mode says, and near other servers or away from them. */
record ServerAffinity(Packing packing) {
    Affinity of(@Nullable Affinity wanted) {
        AffinityBuilder affinity = wanted == null ? new AffinityBuilder() : new AffinityBuilder(wanted);
        return switch (packing) {
            case PACK ->
                affinity.editOrNewPodAffinity()
                        .addToPreferredDuringSchedulingIgnoredDuringExecution(otherServers())
                        .endPodAffinity()
                        .build();
            case SPREAD ->
                affinity.editOrNewPodAntiAffinity()
                        .addToPreferredDuringSchedulingIgnoredDuringExecution(otherServers())
                        .endPodAntiAffinity()
                        .build();
        };
    }

    /** Weighed below anything that a mode may say. */
    private static WeightedPodAffinityTerm otherServers() {
        return new WeightedPodAffinityTermBuilder()
                .withWeight(1)
                .withNewPodAffinityTerm()
                .withTopologyKey("kubernetes.io/hostname")
                .withNewLabelSelector()
                .addNewMatchExpression()
                .withKey(Labels.SERVER)
                .withOperator("Exists")
                .endMatchExpression()
                .endLabelSelector()
                .endPodAffinityTerm()
                .build();
    }
}
