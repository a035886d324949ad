package dev.paddock.director.kubernetes;

import dev.paddock.crds.GameServer;
import dev.paddock.director.backend.Placement;
import dev.paddock.director.backend.ServerExit;
import dev.paddock.director.key.PublicKey;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Servers, their pods and the nodes, as the API server last said; kept by watches, so that a look costs nothing. Every
 * director has one, and tells from it what its book must know: servers that are gone, and nodes that take no more.
 */
@Singleton
@Requires(property = "paddock.director.backend", value = "kubernetes")
final class ClusterView implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterView.class);

    private final String namespace;
    private final NodeAddress address;
    private final SharedIndexInformer<GameServer> servers;
    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<Node> nodes;
    private volatile Consumer<ServerExit> onExit = exit -> {};
    private volatile Consumer<Placement> onMoved = placement -> {};

    ClusterView(Kube kube, KubernetesSettings settings) {
        this.namespace = kube.namespace();
        this.address = new NodeAddress(settings.addresses());
        this.nodes = Watch.start(kube.client().nodes(), new NodesSeen());
        this.servers =
                Watch.start(kube.client().resources(GameServer.class).inNamespace(kube.namespace()), new ServersSeen());
        this.pods = Watch.start(
                kube.client().pods().inNamespace(kube.namespace()).withLabel(Labels.SERVER), new PodsSeen());
    }

    void onExit(Consumer<ServerExit> listener) {
        onExit = listener;
    }

    void onMoved(Consumer<Placement> listener) {
        onMoved = listener;
    }

    @Override
    @PreDestroy
    public void close() {
        servers.close();
        pods.close();
        nodes.close();
    }

    /** Whether all was read that is there. */
    boolean isComplete() {
        return nodes.hasSynced() && servers.hasSynced() && pods.hasSynced();
    }

    /** Servers that have not ended. */
    List<GameServer> live() {
        return servers.getStore().list().stream().filter(this::isLive).toList();
    }

    Optional<Placement> placement(String serverId) {
        return Optional.ofNullable(servers.getStore().getByKey(namespace + "/" + serverId))
                .filter(this::isLive)
                .flatMap(this::placement);
    }

    /** Empty for one that nobody gave a key to, or whose key somebody has edited: the others must not suffer. */
    Optional<Placement> placement(GameServer server) {
        Map<String, String> labels =
                Objects.requireNonNullElse(server.getMetadata().getLabels(), Map.of());
        List<PublicKey> keys = ServerObjects.keysOf(server);
        if (keys.isEmpty()) {
            LOG.debug(
                    "a server has no public key serverId={}",
                    server.getMetadata().getName());
            return Optional.empty();
        }
        Node node = nodeOf(server);
        return Optional.of(new Placement(
                server.getMetadata().getName(),
                server.getSpec().mode(),
                labels.getOrDefault(Labels.TEMPLATE, ""),
                node == null ? null : address.of(node).orElse(null),
                keys,
                node != null && !takesServers(node),
                true));
    }

    /** Whether there is a pod that was made for this server. */
    boolean hasPod(String serverId) {
        Pod pod = pods.getStore().getByKey(namespace + "/" + serverId);
        return pod != null && isOurs(pod);
    }

    /** Whether a node is gone, or has not been heard of for so long that Kubernetes counts it as lost. */
    boolean isLost(String node) {
        Node present = nodes.getStore().getByKey(node);
        return present == null
                || present.getStatus() == null
                || present.getStatus().getConditions().stream()
                        .noneMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    boolean isLive(GameServer server) {
        return server.getMetadata().getDeletionTimestamp() == null
                && (server.getStatus() == null
                        || server.getStatus().phase() == null
                        || !server.getStatus().phase().isEnd());
    }

    private @Nullable Node nodeOf(GameServer server) {
        Pod pod = pods.getStore()
                .getByKey(server.getMetadata().getNamespace() + "/"
                        + server.getMetadata().getName());
        String name = pod == null ? null : pod.getSpec().getNodeName();
        return name == null ? null : nodes.getStore().getByKey(name);
    }

    /** Labels are anybody's: a pod is a server's if it was made for it. One whose server is gone says nothing new. */
    private boolean isOurs(Pod pod) {
        GameServer server =
                servers.getStore().getByKey(namespace + "/" + pod.getMetadata().getName());
        return server != null && ServerObjects.isOwned(pod, server);
    }

    private static boolean takesServers(Node node) {
        return !Boolean.TRUE.equals(node.getSpec().getUnschedulable());
    }

    private final class ServersSeen implements ResourceEventHandler<GameServer> {
        @Override
        public void onAdd(GameServer server) {}

        @Override
        public void onUpdate(GameServer before, GameServer now) {}

        @Override
        public void onDelete(GameServer server, boolean unknown) {
            onExit.accept(new ServerExit(server.getMetadata().getName(), false, "its GameServer was deleted"));
        }
    }

    private final class PodsSeen implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            look(pod, PodSeen.of(pod));
        }

        @Override
        public void onUpdate(Pod before, Pod now) {
            look(now, PodSeen.of(now));
        }

        @Override
        public void onDelete(Pod pod, boolean unknown) {
            PodSeen last = PodSeen.of(pod);
            look(pod, last instanceof PodSeen.Gone ? last : PodSeen.of(null));
        }

        private void look(Pod pod, PodSeen seen) {
            if (!isOurs(pod)) {
                return;
            }
            String serverId = pod.getMetadata().getName();
            switch (seen) {
                case PodSeen.Gone gone ->
                    onExit.accept(new ServerExit(serverId, gone.clean(), gone.reason() + ", " + gone.message()));
                case PodSeen.Hopeless hopeless ->
                    onExit.accept(new ServerExit(serverId, false, hopeless.reason() + ", " + hopeless.message()));
                case PodSeen.Coming _, PodSeen.Running _ -> {
                    // The server says itself when it is ready.
                }
            }
        }
    }

    private final class NodesSeen implements ResourceEventHandler<Node> {
        @Override
        public void onAdd(Node node) {}

        @Override
        public void onUpdate(Node before, Node now) {
            if (takesServers(before) != takesServers(now)) {
                String name = now.getMetadata().getName();
                pods.getStore().list().stream()
                        .filter(pod -> name.equals(pod.getSpec().getNodeName()))
                        .filter(ClusterView.this::isOurs)
                        .map(pod -> servers.getStore()
                                .getByKey(namespace + "/" + pod.getMetadata().getName()))
                        .filter(server -> server != null && isLive(server))
                        .flatMap(server -> placement(server).stream())
                        .forEach(placement -> onMoved.accept(placement));
            }
        }

        @Override
        public void onDelete(Node node, boolean unknown) {
            // Its pods are deleted by Kubernetes.
        }
    }
}
