package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerSpec;
import dev.paddock.crds.ServerTemplate;
import dev.paddock.director.backend.Backend;
import dev.paddock.director.backend.Launch;
import dev.paddock.director.backend.Placement;
import dev.paddock.director.key.KeyPool;
import dev.paddock.director.key.PublicKey;
import dev.paddock.director.key.ServerKey;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.server.Assignment;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.micronaut.context.ApplicationContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers as pods of a real cluster; the two directors share its namespace, and one of them leads. */
@Tag("cluster")
class PodBackendE2E implements BackendContract {
    private static final String NAMESPACE = "contract";

    @TempDir
    static Path folder;

    private static TestCluster cluster;
    private static ApplicationContext director;
    private static ApplicationContext other;

    @BeforeAll
    static void start() {
        cluster = TestCluster.start(folder, 1);
        cluster.load(GameServerImage.build(folder));
        cluster.installCrds();
        cluster.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        Map<String, Object> settings = new HashMap<>(ProcessBackendE2E.directorSettings());
        settings.put("paddock.director.backend", "kubernetes");
        settings.put(
                "paddock.director.kubernetes.kubeconfig", cluster.kubeconfig().toString());
        settings.put("paddock.director.kubernetes.namespace", NAMESPACE);
        settings.put("paddock.director.kubernetes.stop-within", "2s");
        director = ApplicationContext.run(settings);
        other = ApplicationContext.run(settings);
    }

    @AfterAll
    static void close() {
        if (other != null) {
            other.close();
        }
        if (director != null) {
            director.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void aColdStartWhoseDirectorDiedBeforeItsSecretIsFinishedOnceByAllWhoAreAskedAgain() throws Exception {
        Backend one = director.getBean(Backend.class);
        Backend two = other.getBean(Backend.class);
        String serverId = one.nameOfColdStart(Id.next(new SecureRandom()), 1);
        KeyPool keys = director.getBean(KeyPool.class);
        ServerKey ofTheDead = keys.take();
        cluster.client().resource(begun(serverId, ofTheDead)).create();

        List<Placement> placements;
        try (ExecutorService asked = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Placement>> answers = asked.invokeAll(List.<Callable<Placement>>of(
                    () -> one.start(coldStart(serverId, keys.take())),
                    () -> two.start(coldStart(serverId, keys.take())),
                    () -> one.start(coldStart(serverId, keys.take()))));
            placements = List.of(
                    answers.get(0).get(), answers.get(1).get(), answers.get(2).get());
        }

        Secret secret = cluster.client()
                .secrets()
                .inNamespace(NAMESPACE)
                .withName(serverId + ".paddock")
                .require();
        assertThat(secret.getData()).containsKeys("server.json", "key.pem", "assignment.json");
        String pin = pinOf(Objects.requireNonNull(secret.getData().get("key.pem")));
        await("all know the key that is in the Secret")
                .atMost(SOON)
                .until(() -> one.find(serverId)
                        .filter(found -> found.proven(pin).isPresent())
                        .isPresent());
        assertThat(placements)
                .as("each key that was offered is one that the server may prove")
                .allMatch(placement -> placement.keys().contains(PublicKey.of(ofTheDead.publicPem())));
        int known = one.find(serverId).orElseThrow().keys().size();
        one.start(coldStart(serverId, keys.take()));
        assertThat(two.start(coldStart(serverId, keys.take())).keys())
                .as("nothing is added to a server that is begun")
                .hasSize(known);
        cluster.client()
                .resources(GameServer.class)
                .inNamespace(NAMESPACE)
                .withName(serverId)
                .delete();
    }

    private static GameServer begun(String serverId, ServerKey key) {
        GameServer server = new GameServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withName(serverId)
                .withNamespace(NAMESPACE)
                .addToLabels("paddock.dev/mode", "contract")
                .addToAnnotations("paddock.dev/public-key", key.publicPem())
                .build());
        server.setSpec(new GameServerSpec("contract", "m1", ServerTemplate.of("localhost/paddock/nothing:1")));
        return server;
    }

    private static Launch coldStart(String serverId, ServerKey key) {
        Assignment match = new Assignment(
                "m1",
                "contract",
                List.of(),
                new MatchLimits(Duration.ofSeconds(10), 3, Duration.ofSeconds(30), Duration.ofMinutes(3)),
                JsonNodeFactory.instance.objectNode());
        return new Launch(
                serverId,
                BackendContract.mode("localhost/paddock/nothing:1"),
                key,
                Optional.empty(),
                Optional.of(match));
    }

    /** Of the public half of a private key. */
    private static String pinOf(String base64) throws GeneralSecurityException {
        String pem = new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII)
                .replaceAll("-----[A-Z ]+-----", "")
                .replaceAll("\\s", "");
        KeyFactory rsa = KeyFactory.getInstance("RSA");
        RSAPrivateCrtKey key = (RSAPrivateCrtKey)
                rsa.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        byte[] spki = rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
                .getEncoded();
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(spki));
    }

    @Override
    public Ground ground() {
        return new Ground(
                director.getBean(Backend.class),
                other.getBean(Backend.class),
                director.getBean(KeyPool.class),
                PodBackendE2E::runs,
                serverId -> pod(serverId).withGracePeriod(0).delete());
    }

    private static boolean runs(String serverId) {
        Pod pod = pod(serverId).get();
        return pod != null && "Running".equals(pod.getStatus().getPhase());
    }

    private static PodResource pod(String serverId) {
        return cluster.client().pods().inNamespace(NAMESPACE).withName(serverId);
    }
}
