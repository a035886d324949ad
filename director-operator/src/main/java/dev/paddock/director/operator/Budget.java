package dev.paddock.director.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the namespace's {@link Eviction#budget} there. It is nobody's child: servers and modes come and go, and without a match
 * it holds nothing back. Without it, a server still plays its match to the end when it is evicted, for as long as
 * {@code play-on-within}.
 */
final class Budget {
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Budget.class);

    private final KubernetesClient client;
    private final String namespace;
    private final InstantSource time;
    private Instant next = Instant.MIN;

    Budget(KubernetesClient client, String namespace, InstantSource time) {
        this.client = client;
        this.namespace = namespace;
        this.time = time;
    }

    void keep() {
        Instant now = time.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(LOOK_EVERY);
        try {
            client.resource(Eviction.budget(namespace))
                    .fieldManager("paddock-operator")
                    .forceConflicts()
                    .serverSideApply();
        } catch (KubernetesClientException e) {
            LOG.warn("matches are not kept from being evicted namespace={} why={}", namespace, e.getMessage());
        }
    }
}
