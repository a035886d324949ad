package dev.paddock.director.kubernetes;

import dev.paddock.crds.GameServer;
import dev.paddock.director.DirectorSettings;
import dev.paddock.director.backend.Launch;
import dev.paddock.director.backend.Placement;
import dev.paddock.director.bus.NatsSettings;
import dev.paddock.director.bus.ServerCredentials;
import dev.paddock.director.key.KeyPool;
import dev.paddock.director.key.ServerKey;
import dev.paddock.protocol.server.ServerConfig;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Servers as they are declared to the API server: the resource first, then its Secret, which it owns. */
@Singleton
@Requires(property = "paddock.director.backend", value = "kubernetes")
public final class Declarations {
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

    /** The pod waits for its Secret, so that a crash between the two leaves a server that is never ready, and no more. */
    Placement declare(Launch launch) {
        GameServer server = kube.client()
                .resource(ServerObjects.gameServer(launch, kube.namespace()))
                .create();
        ServerConfig config =
                addresses.configOf(launch.serverId(), launch.mode().name());
        kube.client().resource(ServerObjects.secret(launch, config, server)).create();
        return view.placement(server).orElseThrow();
    }

    /** For one that somebody declared by hand. The key first: with a crash after that, the server is never ready. */
    public void giveKey(GameServer server) throws InterruptedException {
        GameServer now = kube.client().resource(server).get();
        if (now == null || now.getMetadata().getAnnotations().containsKey(Labels.PUBLIC_KEY)) {
            // The watch was behind.
            return;
        }
        ServerKey key = keys.take();
        String serverId = server.getMetadata().getName();
        GameServer known = kube.client().resource(server).edit(present -> {
            present.getMetadata().getAnnotations().put(Labels.PUBLIC_KEY, key.publicPem());
            present.getMetadata()
                    .getLabels()
                    .putIfAbsent(Labels.MODE, present.getSpec().mode());
            return present;
        });
        ServerConfig config = addresses.configOf(serverId, server.getSpec().mode());
        kube.client()
                .resource(ServerObjects.secret(key, credentials.forServer(serverId), Optional.empty(), config, known))
                .create();
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
