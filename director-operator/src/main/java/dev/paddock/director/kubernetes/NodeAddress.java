package dev.paddock.director.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where players reach a node: the first of some rules that it has an answer to.
 *
 * @param rules see {@link KubernetesSettings#addresses}
 */
record NodeAddress(List<String> rules) {
    private static final String LABEL = "label:";
    private static final String ANNOTATION = "annotation:";
    private static final Set<String> TYPES =
            Set.of("ExternalIP", "InternalIP", "ExternalDNS", "InternalDNS", "Hostname");

    NodeAddress {
        if (rules.isEmpty() || !rules.stream().allMatch(NodeAddress::isRule)) {
            throw new IllegalArgumentException("Set paddock.director.kubernetes.addresses to some of " + TYPES
                    + ", label:NAME and annotation:NAME, not " + rules);
        }
    }

    Optional<String> of(Node node) {
        return rules.stream()
                .flatMap(rule -> said(rule, node).stream())
                .filter(address -> !address.isBlank())
                .findFirst();
    }

    private static boolean isRule(String rule) {
        return TYPES.contains(rule) || rule.startsWith(LABEL) || rule.startsWith(ANNOTATION);
    }

    private static Optional<String> said(String rule, Node node) {
        if (rule.startsWith(LABEL)) {
            return said(node.getMetadata().getLabels(), rule.substring(LABEL.length()));
        }
        if (rule.startsWith(ANNOTATION)) {
            return said(node.getMetadata().getAnnotations(), rule.substring(ANNOTATION.length()));
        }
        if (node.getStatus() == null) {
            return Optional.empty();
        }
        return node.getStatus().getAddresses().stream()
                .filter(address -> rule.equals(address.getType()))
                .map(io.fabric8.kubernetes.api.model.NodeAddress::getAddress)
                .findFirst();
    }

    private static Optional<String> said(@Nullable Map<String, String> notes, String name) {
        return Optional.ofNullable(notes).map(present -> present.get(name));
    }
}
