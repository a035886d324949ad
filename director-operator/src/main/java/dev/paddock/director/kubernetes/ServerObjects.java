package dev.paddock.director.kubernetes;

import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerSpec;
import dev.paddock.crds.ServerTemplate;
import dev.paddock.director.backend.Launch;
import dev.paddock.director.key.ServerKey;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.server.Assignment;
import dev.paddock.protocol.server.ServerConfig;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a director declares of a server: the resource, and the Secret that only the server's pod reads. */
public final class ServerObjects {
    private ServerObjects() {}

    static GameServer gameServer(Launch launch, String namespace) {
        GameServer server = new GameServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withName(launch.serverId())
                .withNamespace(namespace)
                .addToLabels(Labels.MODE, launch.mode().name())
                .addToLabels(Labels.TEMPLATE, launch.mode().template())
                .addToAnnotations(Labels.PUBLIC_KEY, launch.key().publicPem())
                .build());
        server.setSpec(new GameServerSpec(
                launch.mode().name(),
                launch.assignment().map(Assignment::matchId).orElse(null),
                launch.mode().server()));
        return server;
    }

    static Secret secret(Launch launch, ServerConfig config, GameServer owner) {
        return secret(launch.key(), launch.credentials(), launch.assignment(), config, owner);
    }

    /** The files of the game-server contract. Goes with its server, and nobody changes it meanwhile. */
    static Secret secret(
            ServerKey key,
            Optional<String> credentials,
            Optional<Assignment> assignment,
            ServerConfig config,
            GameServer owner) {
        Map<String, String> files = new HashMap<>();
        files.put("server.json", Json.text(config));
        files.put("key.pem", key.privatePem());
        credentials.ifPresent(text -> files.put("nats.creds", text));
        assignment.ifPresent(match -> files.put("assignment.json", Json.text(match)));
        return new SecretBuilder()
                .withNewMetadata()
                .withName(secretOf(owner))
                .withNamespace(owner.getMetadata().getNamespace())
                .addToLabels(Labels.SERVER, owner.getMetadata().getName())
                .withOwnerReferences(ownedBy(owner))
                .endMetadata()
                .withImmutable(true)
                .withType("Opaque")
                .withStringData(files)
                .build();
    }

    /** Where a server's files are, out of reach of what a mode may name. */
    public static String secretOf(GameServer server) {
        return server.getMetadata().getName() + ServerTemplate.SECRET_SUFFIX;
    }

    /** So that an object goes with its server, and the server waits for it to be gone. */
    public static OwnerReference ownedBy(GameServer server) {
        return new OwnerReferenceBuilder()
                .withApiVersion(server.getApiVersion())
                .withKind(server.getKind())
                .withName(server.getMetadata().getName())
                .withUid(server.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    /** Whether an object was made for this very server, whatever its name and labels say. */
    public static boolean isOwned(HasMetadata object, GameServer server) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(server.getMetadata().getUid()));
    }
}
