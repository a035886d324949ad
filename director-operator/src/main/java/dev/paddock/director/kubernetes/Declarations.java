package dev.paddock.director.kubernetes;

import dev.paddock.crds.GameServer;
import dev.paddock.director.DirectorSettings;
import dev.paddock.director.backend.Launch;
import dev.paddock.director.backend.Placement;
import dev.paddock.director.bus.NatsSettings;
import dev.paddock.director.bus.ServerCredentials;
import dev.paddock.director.key.KeyPool;
import dev.paddock.director.key.ServerKey;
import dev.paddock.protocol.server.Assignment;
import dev.paddock.protocol.server.ServerConfig;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Servers as they are declared to the API server: the resource first, then its Secret, which it owns. */
@Singleton
@Requires(property = "paddock.director.backend", value = "kubernetes")
public final class Declarations {
    private static final Logger LOG = LoggerFactory.getLogger(Declarations.class);

    private final Kube kube;
    private final ClusterView view;
    private final KeyPool keys;
    private final ServerCredentials credentials;
    private final ServerAddresses addresses;

    Declarations(Kube kube, ClusterView view, KeyPool keys, ServerCredentials credentials, ServerAddresses addresses) {
        this.kube = kube;
        this.view = view;
        this.keys = keys;
        this.credentials = credentials;
        this.addresses = addresses;
    }

    /** The pod waits for its Secret: after a crash between the two, {@link #finish} goes on. */
    Placement declare(Launch launch) {
        GameServer server = kube.client()
                .resource(ServerObjects.gameServer(launch, kube.namespace()))
                .create();
        boolean isFirst = create(
                ServerObjects.secret(launch.key(), launch.credentials(), launch.assignment(), config(server), server),
                false);
        GameServer known = isFirst ? server : kube.client().resource(server).require();
        return view.placement(known).orElseThrow();
    }

    /**
     * Writes what is missing of a server that another director has begun, and may still be about to finish. The first Secret
     * counts, and nobody may read it: so that it fits the server, whoever writes one has said before which key is in it.
     *
     * @return the server with all its keys
     */
    GameServer finish(GameServer begun, Beginning with) {
        if (hasSecret(begun)) {
            return begun;
        }
        GameServer known = kube.client()
                .resource(begun)
                .patch(PatchContext.of(PatchType.JSON_MERGE), ServerObjects.finishing(begun, with.key()));
        boolean isFirst = create(
                ServerObjects.secret(with.key(), with.credentials(), with.assignment(), config(begun), known), false);
        LOG.info(
                "a server that was begun is finished serverId={} byThisDirector={}",
                begun.getMetadata().getName(),
                isFirst);
        return known;
    }

    /** Of a server without a match: one that somebody declared by hand, or whose director died before its Secret. */
    public void finish(GameServer begun) throws InterruptedException {
        if (!hasSecret(begun)) {
            String serverId = begun.getMetadata().getName();
            finish(begun, new Beginning(keys.take(), credentials.forServer(serverId), Optional.empty()));
        }
    }

    /** What a server gets at its start. */
    record Beginning(ServerKey key, Optional<String> credentials, Optional<Assignment> assignment) {}

    /** The API server says so without it being read, or made. */
    private boolean hasSecret(GameServer server) {
        Secret any = new SecretBuilder()
                .withNewMetadata()
                .withName(ServerObjects.secretOf(server))
                .withNamespace(server.getMetadata().getNamespace())
                .endMetadata()
                .build();
        return !create(any, true);
    }

    /** False: there is one of this name, of somebody who was first. */
    private boolean create(Secret secret, boolean onlyAsked) {
        try {
            kube.client().resource(secret).dryRun(onlyAsked).create();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private ServerConfig config(GameServer server) {
        return addresses.configOf(
                server.getMetadata().getName(), server.getSpec().mode());
    }

    /** Whether the node of a pod is lost. */
    public boolean hasLostItsNode(Pod pod) {
        String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        return node != null && view.isLost(node);
    }

    /** What the cluster says of a server now. */
    public Optional<Placement> placement(GameServer server) {
        return view.placement(server);
    }

    /** What every server is told of its surroundings. */
    @Singleton
    @Requires(property = "paddock.director.backend", value = "kubernetes")
    static final class ServerAddresses {
        private final String region;
        private final String natsUrl;
        private final KubernetesSettings settings;

        ServerAddresses(DirectorSettings director, NatsSettings nats, KubernetesSettings settings) {
            this.region = director.requiredRegion();
            this.natsUrl = settings.serverNatsUrl() == null ? nats.url() : settings.serverNatsUrl();
            this.settings = settings;
        }

        ServerConfig configOf(String serverId, String mode) {
            return new ServerConfig(serverId, mode, region, natsUrl, "0.0.0.0", settings.portRange());
        }
    }
}
