package dev.paddock.bench;

import dev.paddock.protocol.Heard;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.server.Assignment;
import dev.paddock.protocol.server.ServerEvent;
import dev.paddock.protocol.server.ServerReply;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.nats.client.Connection;
import io.nats.client.Message;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What servers say on NATS, for pods that only look as if they ran: {@code ready} until a director has heard it, a heartbeat
 * every 2 s, and yes to their first match. It plays nothing.
 */
final class FakeServers implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final int SLICES = 20;
    private static final long SLICE_MS = 100;

    static final ResourceDefinitionContext CONTEXT = new ResourceDefinitionContext.Builder()
            .withGroup("paddock.dev")
            .withVersion("v1")
            .withKind("GameServer")
            .withPlural("gameservers")
            .withNamespaced(true)
            .build();

    private final Connection nats;
    private final KubernetesClient client;
    private final String namespace;
    private final InstantSource time;
    private final ConcurrentMap<String, Server> servers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final SharedIndexInformer<Pod> pods;

    private FakeServers(Connection nats, KubernetesClient client, String namespace, InstantSource time) {
        this.nats = nats;
        this.client = client;
        this.namespace = namespace;
        this.time = time;
        nats.createDispatcher(this::assign).subscribe("paddock.server.*.assign");
        nats.createDispatcher(this::retire).subscribe("paddock.server.*.retire");
        this.pods = client.pods()
                .inNamespace(namespace)
                .withLabel("paddock.dev/server")
                .inform(new Seen());
        Thread.ofPlatform().name("heartbeats").daemon(true).start(this::beats);
    }

    static FakeServers start(Connection nats, KubernetesClient client, String namespace) {
        return new FakeServers(nats, client, namespace, InstantSource.system());
    }

    @Override
    public void close() {
        closed.countDown();
        threads.shutdownNow();
        pods.close();
    }

    /** @param pin SHA-256 of the key that its Secret has */
    private record Server(
            String serverId,
            String mode,
            String pin,
            @Nullable String matchId) {
        Map<String, Integer> ports() {
            return Map.of("tcp", 20_000 + Math.floorMod(serverId.hashCode(), 10_000));
        }

        Server with(String match) {
            return new Server(serverId, mode, pin, match);
        }

        ServerEvent.Ready ready(Instant now) {
            return new ServerEvent.Ready(serverId, mode, matchId, ports(), pin, now);
        }

        ServerEvent.Heartbeat heartbeat(Instant now) {
            return new ServerEvent.Heartbeat(serverId, mode, matchId, matchId != null, ports(), pin, 0, now);
        }
    }

    private void beginUnlessClosed(Pod pod) {
        try {
            begin(pod);
        } catch (KubernetesClientException e) {
            // Closing interrupts what is asked just then.
            if (closed.getCount() > 0) {
                throw e;
            }
        }
    }

    private void begin(Pod pod) {
        String serverId = pod.getMetadata().getName();
        GenericKubernetesResource declared = client.genericKubernetesResources(CONTEXT)
                .inNamespace(namespace)
                .withName(serverId)
                .get();
        if (declared == null) {
            return;
        }
        String key = declared.getMetadata().getAnnotations().get("paddock.dev/public-key");
        String mode = declared.getMetadata().getLabels().get("paddock.dev/mode");
        if (key == null || mode == null) {
            return;
        }
        Server server = new Server(serverId, mode, pin(key), null);
        if (servers.putIfAbsent(serverId, server) == null) {
            sayUntilHeard(server.ready(time.instant()));
        }
    }

    private void assign(Message message) {
        Assignment match = Json.read(message.getData(), Assignment.class);
        String serverId = Subjects.idIn(message.getSubject());
        Server now = servers.computeIfPresent(
                serverId, (id, server) -> server.matchId() == null ? server.with(match.matchId()) : server);
        boolean accepted = now != null && match.matchId().equals(now.matchId());
        ServerReply reply =
                accepted ? new ServerReply.Accepted(serverId) : new ServerReply.Refused(serverId, "has-another-match");
        nats.publish(message.getReplyTo(), Json.bytes(reply));
        if (accepted) {
            threads.execute(() -> sayUntilHeard(now.ready(time.instant())));
        }
    }

    private void retire(Message message) {
        String serverId = Subjects.idIn(message.getSubject());
        servers.remove(serverId);
        nats.publish(message.getReplyTo(), Json.bytes(new ServerReply.Accepted(serverId)));
    }

    private void sayUntilHeard(ServerEvent.Ready ready) {
        try {
            while (servers.containsKey(ready.serverId())) {
                Message answer = nats.request(Subjects.serverReady(ready.serverId()), Json.bytes(ready), ANSWER);
                if (answer != null && !answer.isStatusMessage()) {
                    Json.read(answer.getData(), Heard.class);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beats() {
        try {
            for (int slice = 0; !closed.await(SLICE_MS, TimeUnit.MILLISECONDS); slice++) {
                beat(slice % SLICES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A slice of all at a time, so that they do not speak all at once. */
    private void beat(int now) {
        List<Server> due = servers.values().stream()
                .filter(server -> Math.floorMod(server.serverId().hashCode(), SLICES) == now)
                .toList();
        due.forEach(server -> nats.publish(
                Subjects.serverHeartbeat(server.serverId()), Json.bytes(server.heartbeat(time.instant()))));
    }

    private static String pin(String pem) {
        try {
            byte[] der = Base64.getMimeDecoder()
                    .decode(pem.replaceAll("-----[A-Z ]+-----", "").strip());
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private final class Seen implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            look(pod);
        }

        @Override
        public void onUpdate(Pod before, Pod now) {
            look(now);
        }

        @Override
        public void onDelete(Pod pod, boolean unknown) {
            servers.remove(pod.getMetadata().getName());
        }

        private void look(Pod pod) {
            if ("Running".equals(pod.getStatus().getPhase())
                    && !servers.containsKey(pod.getMetadata().getName())) {
                threads.execute(() -> beginUnlessClosed(pod));
            }
        }
    }
}
