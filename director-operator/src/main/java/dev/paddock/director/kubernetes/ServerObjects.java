package dev.paddock.director.kubernetes;

import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerSpec;
import dev.paddock.crds.ServerTemplate;
import dev.paddock.director.backend.Launch;
import dev.paddock.director.key.PublicKey;
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
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a director declares of a server: the resource, and the Secret that only the server's pod reads. */
public final class ServerObjects {
    private static final Logger LOG = LoggerFactory.getLogger(ServerObjects.class);

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

    /** Those that it may prove; one that somebody has edited so that it is none does not count. */
    public static List<PublicKey> keysOf(GameServer server) {
        Map<String, String> notes =
                Objects.requireNonNullElse(server.getMetadata().getAnnotations(), Map.of());
        return notes.entrySet().stream()
                .filter(note -> note.getKey().startsWith(Labels.PUBLIC_KEY))
                .flatMap(note -> key(server, note.getValue()).stream())
                .toList();
    }

    private static Optional<PublicKey> key(GameServer server, String pem) {
        try {
            return Optional.of(PublicKey.of(pem));
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "the public key of a server is none serverId={} why={}",
                    server.getMetadata().getName(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** What is added to a server whose beginning is finished: the public half of another key, and the mode's label. */
    static String finishing(GameServer server, ServerKey key) {
        String id = HexFormat.of().formatHex(Base64.getDecoder().decode(key.publicSha256()), 0, 8);
        return Json.text(Map.of(
                "metadata",
                Map.of(
                        "labels", Map.of(Labels.MODE, server.getSpec().mode()),
                        "annotations", Map.of(Labels.PUBLIC_KEY + "-" + id, key.publicPem()))));
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
