package dev.paddock.director.kubernetes;

import dev.paddock.director.backend.Packing;
import dev.paddock.director.backend.PortSetting;
import dev.paddock.protocol.server.PortRange;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Game servers as pods of a cluster: {@code paddock.director.backend=kubernetes} ({@code PADDOCK_DIRECTOR_BACKEND}).
 *
 * @param kubeconfig {@code PADDOCK_DIRECTOR_KUBERNETES_KUBECONFIG}, default none: the pod's service account; else a file
 * @param namespace {@code PADDOCK_DIRECTOR_KUBERNETES_NAMESPACE}, default none: the one that the director runs in, or that
 *     the kubeconfig names; modes are read, and servers started, in this one alone
 * @param serverNatsUrl {@code PADDOCK_DIRECTOR_KUBERNETES_SERVER_NATS_URL}, default {@code paddock.nats.url}: where servers
 *     find NATS; they are on their node's network, where a Service's name may mean nothing
 * @param ports {@code PADDOCK_DIRECTOR_KUBERNETES_PORTS}, like {@code 7000-7999}; default none: any free port of the node
 * @param addresses {@code PADDOCK_DIRECTOR_KUBERNETES_ADDRESSES}, default {@code ExternalIP,InternalIP}: where players reach
 *     a node, the first that it has: {@code ExternalIP}, {@code InternalIP}, {@code ExternalDNS}, {@code InternalDNS}, {@code
 *     Hostname}, {@code label:NAME} or {@code annotation:NAME}
 * @param maxServers {@code PADDOCK_DIRECTOR_KUBERNETES_MAX_SERVERS}, default 1000: more are refused
 * @param mostStarts {@code PADDOCK_DIRECTOR_KUBERNETES_MOST_STARTS}, default 20: standbys that are started at one time
 * @param keepFinished {@code PADDOCK_DIRECTOR_KUBERNETES_KEEP_FINISHED}, default {@code 10m}: how long a server that has
 *     ended, and its log, can still be looked at
 * @param stopWithin {@code PADDOCK_DIRECTOR_KUBERNETES_STOP_WITHIN}, default {@code 5s}: from SIGTERM to SIGKILL, for a
 *     server that nobody wants any more
 * @param playOnWithin {@code PADDOCK_DIRECTOR_KUBERNETES_PLAY_ON_WITHIN}, default {@code 1h}: how long a match may go on
 *     after its pod was told to end, by a node that is drained, say; more than the longest match of any mode
 * @param lease {@code PADDOCK_DIRECTOR_KUBERNETES_LEASE}, default {@code 3s}: a leader that is silent for so long is followed
 *     by another one
 * @param fileGroup {@code PADDOCK_DIRECTOR_KUBERNETES_FILE_GROUP}, default 65532: the group that may read a server's files
 *     beside its user, whatever user its image names
 * @param placement {@code PADDOCK_DIRECTOR_KUBERNETES_PLACEMENT}, default {@code pack}: matches go where most run, so that
 *     nodes become empty; {@code spread}: where fewest run
 */
@ConfigurationProperties("paddock.director.kubernetes")
public record KubernetesSettings(
        @Nullable String kubeconfig,
        @Nullable String namespace,
        @Nullable String serverNatsUrl,
        @Nullable String ports,
        @Bindable(defaultValue = "ExternalIP,InternalIP") List<String> addresses,
        @Bindable(defaultValue = "1000") int maxServers,
        @Bindable(defaultValue = "20") int mostStarts,
        @Bindable(defaultValue = "10m") Duration keepFinished,
        @Bindable(defaultValue = "5s") Duration stopWithin,
        @Bindable(defaultValue = "1h") Duration playOnWithin,
        @Bindable(defaultValue = "3s") Duration lease,
        @Bindable(defaultValue = "65532") long fileGroup,
        @Bindable(defaultValue = "pack") Packing placement) {
    public KubernetesSettings {
        addresses = List.copyOf(addresses);
        if (maxServers < 1) {
            throw new IllegalArgumentException("Set paddock.director.kubernetes.max-servers to 1 or more.");
        }
        if (mostStarts < 1) {
            throw new IllegalArgumentException("Set paddock.director.kubernetes.most-starts to 1 or more.");
        }
        if (lease.compareTo(Duration.ofSeconds(2)) < 0) {
            throw new IllegalArgumentException("Set paddock.director.kubernetes.lease to 2s or more.");
        }
    }

    /** The ports that servers may bind; null: any free one. */
    @Nullable
    PortRange portRange() {
        return PortSetting.range(ports, "paddock.director.kubernetes.ports");
    }
}
