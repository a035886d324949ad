package dev.paddock.director.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeAddressTest {
    private static final Node NODE = new NodeBuilder()
            .withNewMetadata()
            .withName("n1")
            .addToLabels("game/ip", "198.51.100.7")
            .addToAnnotations("game/host", "n1.example")
            .endMetadata()
            .withNewStatus()
            .addNewAddress("10.0.0.1", "InternalIP")
            .addNewAddress("203.0.113.7", "ExternalIP")
            .endStatus()
            .build();

    @Test
    void theFirstRuleThatTheNodeHasAnAnswerToCounts() {
        assertThat(address("ExternalIP", "InternalIP")).contains("203.0.113.7");
        assertThat(address("ExternalDNS", "InternalIP")).contains("10.0.0.1");
        assertThat(address("label:game/ip", "ExternalIP")).contains("198.51.100.7");
        assertThat(address("label:none", "annotation:game/host")).contains("n1.example");
    }

    @Test
    void aNodeWithoutAnyOfThemHasNoAddress() {
        assertThat(address("Hostname")).isEmpty();
        assertThat(new NodeAddress(List.of("ExternalIP", "label:x"))
                        .of(new NodeBuilder().withNewMetadata().endMetadata().build()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"externalip", "", "label", "IP"})
    void aRuleThatNobodyKnowsIsRefused(String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NodeAddress(List.of(rule)))
                .withMessageContaining("paddock.director.kubernetes.addresses");
    }

    private static Optional<String> address(String... rules) {
        return new NodeAddress(List.of(rules)).of(NODE);
    }
}
