package dev.paddock.director.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.director.backend.Packing;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import org.junit.jupiter.api.Test;

class ServerAffinityTest {
    @Test
    void serversAreDrawnTogetherOrApart() {
        Affinity packed = new ServerAffinity(Packing.PACK).of(null);
        Affinity spread = new ServerAffinity(Packing.SPREAD).of(null);

        assertThat(packed.getPodAntiAffinity()).isNull();
        assertThat(packed.getPodAffinity().getPreferredDuringSchedulingIgnoredDuringExecution())
                .hasSize(1);
        assertThat(spread.getPodAffinity()).isNull();
        assertThat(spread.getPodAntiAffinity().getPreferredDuringSchedulingIgnoredDuringExecution())
                .hasSize(1);
    }

    @Test
    void whatAModeWantsStaysAndWeighsMore() {
        Affinity wanted = new AffinityBuilder()
                .withNewPodAffinity()
                .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                .withWeight(100)
                .withNewPodAffinityTerm()
                .withTopologyKey("zone")
                .endPodAffinityTerm()
                .endPreferredDuringSchedulingIgnoredDuringExecution()
                .endPodAffinity()
                .build();

        Affinity both = new ServerAffinity(Packing.PACK).of(wanted);

        assertThat(both.getPodAffinity().getPreferredDuringSchedulingIgnoredDuringExecution())
                .extracting(term -> term.getWeight())
                .containsExactly(100, 1);
    }
}
