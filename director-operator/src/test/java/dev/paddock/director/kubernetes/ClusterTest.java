package dev.paddock.director.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.crds.GameServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterTest {
    @ParameterizedTest
    @ValueSource(classes = {Pod.class, GameServer.class})
    void whoHasWrittenWhichFieldIsNotKept(Class<? extends HasMetadata> type) {
        HasMetadata read = Cluster.withoutManagedFields().unmarshal("""
                        {"metadata": {"name": "one", "labels": {"a": "b"},
                          "managedFields": [{"manager": "kubelet", "fieldsV1": {"f:status": {"f:phase": {}}}}]}}
                        """, type);

        assertThat(read.getMetadata().getManagedFields()).isEmpty();
        assertThat(read.getMetadata().getAdditionalProperties()).isEmpty();
        assertThat(read.getMetadata().getName()).isEqualTo("one");
        assertThat(read.getMetadata().getLabels()).containsEntry("a", "b");
    }
}
