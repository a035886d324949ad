package dev.paddock.director.kubernetes;

import dev.paddock.crds.GameServer;
import dev.paddock.director.backend.Backend;
import dev.paddock.director.backend.Launch;
import dev.paddock.director.backend.LaunchException;
import dev.paddock.director.backend.Packing;
import dev.paddock.director.backend.Placement;
import dev.paddock.director.backend.ServerExit;
import dev.paddock.protocol.Id;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Game servers as resources of a cluster: two writes declare one, and whoever leads makes a pod of it.
 *
 * <pre>
 * director: GameServer, then its Secret ─▶ operator: Pod ─▶ kubelet: the server ─▶ NATS: "ready"
 * </pre>
 *
 * <p>A server that is started for a match is named after it, so that the second director which is asked finds what the first
 * has declared: the API server lets one of them be first.
 */
@Singleton
@Requires(property = "paddock.director.backend", value = "kubernetes")
public final class KubernetesBackend implements Backend {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesBackend.class);

    private final KubernetesClient client;
    private final String namespace;
    private final ClusterView view;
    private final Election election;
    private final KubernetesSettings settings;
    private final Declarations declarations;
    private volatile long adopted = -1;

    KubernetesBackend(
            Kube kube, ClusterView view, Election election, KubernetesSettings settings, Declarations declarations) {
        this.client = kube.client();
        this.namespace = kube.namespace();
        this.view = view;
        this.election = election;
        this.settings = settings;
        this.declarations = declarations;
    }

    @Override
    public Placement start(Launch launch) throws LaunchException {
        try {
            return declared(launch);
        } catch (KubernetesClientException e) {
            throw new LaunchException(
                    "the API server did not take server " + launch.serverId() + ": " + e.getMessage(), e);
        }
    }

    private Placement declared(Launch launch) throws LaunchException {
        try {
            return declarations.declare(launch);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
                    && launch.assignment().isPresent()) {
                return begunByAnother(launch, e);
            }
            throw e;
        }
    }

    @Override
    public Optional<Placement> find(String serverId) {
        return view.placement(serverId);
    }

    @Override
    public boolean hasRead() {
        return view.isComplete();
    }

    /** All that live, when this director has come, and when it has begun to lead: nothing else is known of them then. */
    @Override
    public List<Placement> adopt() {
        long term = election.term();
        if (term == adopted) {
            return List.of();
        }
        List<Placement> live = view.live().stream()
                .flatMap(server -> view.placement(server).stream())
                .toList();
        adopted = term;
        return live;
    }

    @Override
    public void stop(String serverId) {
        if (!view.hasPod(serverId)) {
            // None, or somebody else's of this name.
            return;
        }
        try {
            client.pods()
                    .inNamespace(namespace)
                    .withName(serverId)
                    .withGracePeriod(settings.stopWithin().toSeconds())
                    .delete();
        } catch (KubernetesClientException e) {
            LOG.warn(
                    "a server's pod could not be deleted; it is tried again serverId={} why={}",
                    serverId,
                    e.getMessage());
        }
    }

    @Override
    public String nameOfColdStart(String matchId, int attempt) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((matchId + " " + attempt).getBytes(StandardCharsets.UTF_8));
            return Id.of(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public int maxServers() {
        return settings.maxServers();
    }

    @Override
    public Packing packing() {
        return settings.placement();
    }

    @Override
    public int mostStarts() {
        return settings.mostStarts();
    }

    @Override
    public boolean outlivesDirectors() {
        return true;
    }

    /** Not before the servers that its predecessor has just begun are known: they have not spoken, and would be begun again. */
    @Override
    public boolean keepsStandbys() {
        return election.isLeader() && adopted == election.term();
    }

    @Override
    public void onMoved(Consumer<Placement> listener) {
        view.onMoved(listener);
    }

    @Override
    public void onExit(Consumer<ServerExit> listener) {
        view.onExit(listener);
    }

    /** Whether that one has died half-way nobody can say, and so it is gone on with, by as many as are asked. */
    private Placement begunByAnother(Launch launch, KubernetesClientException conflict) throws LaunchException {
        GameServer present = client.resources(GameServer.class)
                .inNamespace(namespace)
                .withName(launch.serverId())
                .get();
        return Optional.ofNullable(present)
                .map(begun -> view.isLive(begun) ? finished(begun, launch) : begun)
                .flatMap(view::placement)
                .orElseThrow(() ->
                        new LaunchException("server " + launch.serverId() + " was declared, and is gone", conflict));
    }

    private GameServer finished(GameServer begun, Launch launch) {
        return declarations.finish(
                begun, new Declarations.Beginning(launch.key(), launch.credentials(), launch.assignment()));
    }
}
