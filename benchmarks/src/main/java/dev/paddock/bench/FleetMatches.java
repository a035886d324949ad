package dev.paddock.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paddock.protocol.Heard;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import dev.paddock.protocol.mode.MatchLimits;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nats.client.Connection;
import io.nats.client.Message;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Clients that ask for servers as managers do, one match after the other. Beside it as many patches of a {@code GameServer}:
 * what a match costs at least that is given its server by a write to the API server, as other platforms do it.
 */
final class FleetMatches {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final MatchLimits LIMITS =
            new MatchLimits(Duration.ofSeconds(10), 3, Duration.ofSeconds(30), Duration.ofMinutes(3));

    private final Report report;
    private final FleetBench.Size size;
    private final KubernetesClient client;
    private final String namespace;

    FleetMatches(Report report, FleetBench.Size size, KubernetesClient client, String namespace) {
        this.report = report;
        this.size = size;
        this.client = client;
        this.namespace = namespace;
    }

    void run(Connection manager, String region, List<String> modes) throws InterruptedException {
        int all = size.clients() * size.matches();
        report.heading(all + " matches, asked for by " + size.clients() + " clients");
        List<String> servers =
                client.genericKubernetesResources(FakeServers.CONTEXT).inNamespace(namespace).list().getItems().stream()
                        .map(server -> server.getMetadata().getName())
                        .toList();
        Samples patches = new Samples(all);
        double patched = byClients(number -> patch(servers.get(number % servers.size()), patches));
        report.baseline("patchesSeconds", "as many patches of a GameServer", patched, "s");
        report.baseline("patchP99Ms", "one patch, p99", patches.sorted().millis(99), "ms");

        manager.createDispatcher(event -> manager.publish(event.getReplyTo(), Json.bytes(new Heard())))
                .subscribe(Subjects.ALL_MATCH_EVENTS, Subjects.MANAGERS);
        Samples answers = new Samples(all);
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        double took = byClients(number -> ask(manager, region, modes.get(number % modes.size()), answers, wrong));
        report.figure("assignedSeconds", "all assigned", took, "s");
        report.figure("assignedPerSecond", "matches a second", all / took, "");
        report.figure("assignP50Ms", "one, p50", answers.sorted().millis(50), "ms");
        report.figure("assignP99Ms", "one, p99", answers.sorted().millis(99), "ms");
        report.figure("errors", "answers that were not a standby", wrong.size(), "");
        wrong.stream().distinct().limit(5).forEach(report::line);
    }

    @FunctionalInterface
    private interface Work {
        void of(int number) throws InterruptedException;
    }

    /** Each client does its share, one after the other, beside the others; how many seconds all took. */
    private double byClients(Work work) throws InterruptedException {
        long from = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int one = 0; one < size.clients(); one++) {
            int first = one * size.matches();
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    for (int number = first; number < first + size.matches(); number++) {
                        work.of(number);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return (System.nanoTime() - from) / 1e9;
    }

    private void patch(String serverId, Samples took) {
        long from = System.nanoTime();
        client.genericKubernetesResources(FakeServers.CONTEXT)
                .inNamespace(namespace)
                .withName(serverId)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"labels\":{\"bench\":\"%s\"}}}".formatted(Id.next(RANDOM)));
        took.add(System.nanoTime() - from);
    }

    private static void ask(Connection manager, String region, String mode, Samples took, Queue<String> wrong)
            throws InterruptedException {
        StartMatch match = new StartMatch(
                Id.next(RANDOM), mode, region, List.of(), LIMITS, JsonNodeFactory.instance.objectNode(), 1, null);
        long from = System.nanoTime();
        Message answer = manager.request(Subjects.directorStart(region), Json.bytes(match), ANSWER);
        took.add(System.nanoTime() - from);
        if (answer == null || answer.isStatusMessage()) {
            wrong.add("no answer");
            return;
        }
        try {
            StartReply reply = Json.read(answer.getData(), StartReply.class);
            boolean isStandby = reply instanceof StartReply.Running
                    || (reply instanceof StartReply.Assigned assigned && assigned.standby());
            if (!isStandby) {
                wrong.add(reply.getClass().getSimpleName() + " " + mode);
            }
        } catch (MalformedException e) {
            wrong.add(String.valueOf(e.getMessage()));
        }
    }
}
