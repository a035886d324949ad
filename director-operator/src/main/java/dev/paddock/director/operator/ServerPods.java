package dev.paddock.director.operator;

import dev.paddock.crds.GameServer;
import dev.paddock.crds.ServerPhase;
import dev.paddock.director.kubernetes.KubernetesSettings;
import dev.paddock.director.kubernetes.PodSeen;
import dev.paddock.director.kubernetes.ServerObjects;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the operator does with the pods of servers. */
final class ServerPods {
    /** Answers that stay the same however often one asks: a policy, a quota, or a template that makes no pod. */
    private static final Set<Integer> REFUSED = Set.of(
            HttpURLConnection.HTTP_BAD_REQUEST, HttpURLConnection.HTTP_FORBIDDEN, 422 /* Unprocessable Content */);

    private static final Logger LOG = LoggerFactory.getLogger(ServerPods.class);

    private final KubernetesClient client;
    private final KubernetesSettings settings;

    ServerPods(KubernetesClient client, KubernetesSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /** The API server takes no such pod. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(KubernetesClientException cause) {
            super(
                    cause.getStatus() == null
                            ? cause.getMessage()
                            : cause.getStatus().getMessage(),
                    cause);
        }
    }

    /**
     * Its pod as a watch has it, or as the API server has it where a watch that is behind by a moment would mislead: that it
     * is gone is final, and that it runs although it is over would begin it again.
     */
    @Nullable
    Pod of(GameServer server, Optional<Pod> watched) {
        ServerPhase phase = ServerStatus.phase(server);
        boolean isDoubtful = phase.isEnd() ? watched.filter(ServerPods::runs).isPresent() : watched.isEmpty();
        return isDoubtful && phase != ServerPhase.PENDING ? present(server).orElse(null) : watched.orElse(null);
    }

    @Nullable
    Pod make(GameServer server) throws RefusedException {
        try {
            return client.resource(new ServerPod(settings).of(server)).create();
        } catch (KubernetesClientException e) {
            if (REFUSED.contains(e.getCode())) {
                throw new RefusedException(e);
            }
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            // Another operator was as quick, or this one was restarted between the pod and the status.
            return present(server).orElse(null);
        }
    }

    void end(GameServer server, @Nullable Pod pod) {
        if (pod == null || PodSeen.of(pod) instanceof PodSeen.Gone || !ServerObjects.isOwned(pod, server)) {
            return;
        }
        endAll(pod);
    }

    /** The pod with all that is in it, whether the server runs or not. */
    void endAll(Pod pod) {
        client.resource(pod).withGracePeriod(settings.stopWithin().toSeconds()).delete();
    }

    /** One write a match, after its players were told, so that no drain and no autoscaler ends it. A cold start has it from the start. */
    void markInMatch(Pod pod) {
        if (Eviction.isInMatch(pod)) {
            return;
        }
        try {
            client.resource(pod).patch(PatchContext.of(PatchType.JSON_MERGE), Eviction.IN_MATCH_PATCH);
        } catch (KubernetesClientException e) {
            LOG.warn(
                    "a pod could not be marked as in a match; it is tried again serverId={} why={}",
                    pod.getMetadata().getName(),
                    e.getMessage());
        }
    }

    /** What its node last complained of; no status says so: that a Secret is missing, say. */
    Optional<Event> complaint(GameServer server) {
        try {
            return client
                    .v1()
                    .events()
                    .inNamespace(server.getMetadata().getNamespace())
                    .withField("involvedObject.kind", "Pod")
                    .withField("involvedObject.name", server.getMetadata().getName())
                    .withField("type", "Warning")
                    .list()
                    .getItems()
                    .stream()
                    .filter(event -> event.getLastTimestamp() != null)
                    .max(Comparator.comparing(Event::getLastTimestamp));
        } catch (KubernetesClientException e) {
            LOG.warn(
                    "the events of a pod cannot be read serverId={} why={}",
                    server.getMetadata().getName(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean runs(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null && !(PodSeen.of(pod) instanceof PodSeen.Gone);
    }

    private Optional<Pod> present(GameServer server) {
        return Optional.ofNullable(client.pods()
                .inNamespace(server.getMetadata().getNamespace())
                .withName(server.getMetadata().getName())
                .get());
    }
}
