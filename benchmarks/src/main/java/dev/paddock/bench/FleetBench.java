package dev.paddock.bench;

import dev.paddock.local.server.SharedServers;
import dev.paddock.protocol.Id;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** {@code ./paddock bench fleet}: one director, thousands of servers. */
final class FleetBench {
    private static final String NAMESPACE = "paddock-fleet";
    private static final String IMAGE = "localhost/fake:1";
    private static final Duration LONGEST = Duration.ofMinutes(45);
    private static final int UNUSED_MODES = 100;
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final String REQUESTS = "paddock_api_requests_total";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Report report;
    private final Size size;
    private final KubernetesClient client;

    private FleetBench(Report report, Size size, KubernetesClient client) {
        this.report = report;
        this.size = size;
        this.client = client;
    }

    /** @param matches that each client asks a server for, one after the other */
    record Size(int servers, int nodes, int clients, int matches) {}

    static void run(Report report, Path root, Path kubeconfig, Size size, int ofAMode) {
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                .build()) {
            new FleetBench(report, size, client).run(root, kubeconfig, ofAMode);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Path root, Path kubeconfig, int ofAMode) throws InterruptedException, IOException {
        installCrds(root);
        end();
        await(
                "the namespace " + NAMESPACE + " to end",
                () -> client.namespaces().withName(NAMESPACE).get() == null);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        report.heading(size.nodes() + " fake nodes");
        try (FakeNodes nodes = FakeNodes.create(client, size.nodes())) {
            await("nodes", () -> nodes.areReady(size.nodes()));
            barePods();
            fleet(root, kubeconfig, ofAMode);
        } finally {
            end();
        }
    }

    /** The pods first, and at once: Kubernetes waits with all else for half of the time that one of them may take to end. */
    private void end() {
        client.pods().inNamespace(NAMESPACE).withGracePeriod(0).delete();
        client.namespaces().withName(NAMESPACE).delete();
    }

    /** What Kubernetes itself takes for so many pods on these nodes. */
    private void barePods() throws InterruptedException {
        report.heading(size.servers() + " pods of a Deployment");
        var deployment = new DeploymentBuilder()
                .withNewMetadata()
                .withName("bare")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withReplicas(size.servers())
                .withNewSelector()
                .addToMatchLabels("app", "bare")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "bare")
                .endMetadata()
                .withNewSpec()
                .withNodeSelector(FakeNodes.LABEL)
                .withTolerations(FakeNodes.toleration())
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("bare")
                .withImage(IMAGE)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
        long from = System.nanoTime();
        client.resource(deployment).create();
        var running = client.apps().deployments().inNamespace(NAMESPACE).withName("bare");
        await("bare pods", () -> {
            Integer ready = running.get().getStatus().getReadyReplicas();
            return ready != null && ready == size.servers();
        });
        report.baseline("barePodsSeconds", "from the Deployment to all pods ready", seconds(from), "s");
        running.delete();
        await(
                "their end",
                () -> client.pods()
                        .inNamespace(NAMESPACE)
                        .withLabel("app", "bare")
                        .list()
                        .getItems()
                        .isEmpty());
    }

    private void fleet(Path root, Path kubeconfig, int ofAMode) throws InterruptedException, IOException {
        String region = Id.next(RANDOM);
        try (Connection servers =
                        connect(FleetKeys.ofAllServers(SharedServers.nats().accountSeed()));
                FleetDirector director = FleetDirector.start(root, kubeconfig, NAMESPACE, region, size.servers() * 2);
                FakeServers fakes = FakeServers.start(servers, client, NAMESPACE)) {
            await("the director", () -> director.meter("jvm_threads_live_threads", "") > 0);
            unusedModes(director);
            report.heading(size.servers() + " GameServers");
            Map<String, Double> callsBefore = calls(director);
            double reconcilesBefore = director.meter("paddock_operator_reconcile_seconds_count", "");
            double idleCpu = director.cpuSeconds();
            long from = System.nanoTime();
            List<String> modes = createModes(ofAMode);
            await("standbys", () -> director.meter("paddock_servers", "phase=\"standby\"") >= size.servers());
            double took = seconds(from);
            report.figure("standbySeconds", "from the GameModes to all servers stand by", took, "s");
            report.figure("serversPerSecond", "servers a second", size.servers() / took, "");
            double reconciles = director.meter("paddock_operator_reconcile_seconds_count", "") - reconcilesBefore;
            report.figure("reconcilesPerSecond", "reconciles a second", reconciles / took, "");
            report.figure("reconcilesPerServer", "reconciles a server", reconciles / size.servers(), "");
            for (Map.Entry<String, Double> before : callsBefore.entrySet()) {
                String verb = before.getKey();
                report.figure(
                        "api" + verb + "PerServer",
                        verb + " requests to the API server, a server",
                        (calls(director, verb) - before.getValue()) / size.servers(),
                        "");
            }
            report.figure(
                    "cpuMsPerServer",
                    "CPU of the director, a server",
                    (director.cpuSeconds() - idleCpu) * 1000 / size.servers(),
                    "ms");
            report.figure("residentMb", "memory of the director (RSS)", director.residentKb() / 1024.0, "MB");
            idle(director).figures(report, "idle", "while they wait");
            try (Connection manager =
                    connect(Files.readString(SharedServers.nats().managerCreds()))) {
                new FleetMatches(report, size, client, NAMESPACE).run(manager, region, modes);
            }
        }
    }

    /** What modes cost that nobody plays; and a director that has none, once it has run for as long. */
    private void unusedModes(FleetDirector director) throws InterruptedException {
        report.heading(UNUSED_MODES + " GameModes that nobody plays");
        var modes = client.genericKubernetesResources("paddock.dev/v1", "GameMode")
                .inNamespace(NAMESPACE)
                .withLabel("bench", "unused");
        for (int i = 0; i < UNUSED_MODES; i++) {
            createMode("unused-" + i, 0, "unused");
        }
        await(
                "their status",
                () -> modes.list().getItems().stream()
                        .allMatch(mode -> mode.getAdditionalProperties().containsKey("status")));
        idle(director).figures(report, "unusedModes", "with them");
        modes.delete();
        await("their end", () -> modes.list().getItems().isEmpty());
        Idle none = idle(director);
        report.baseline("noModesCpuPercent", "CPU of the director without any, of one core", none.cpuPercent(), "%");
        report.baseline(
                "noModesRequestsPerSecond",
                "requests to the API server without any, a second",
                none.requestsPerSecond(),
                "");
    }

    /** After a while, as what has just begun or ended is still written down. */
    private Idle idle(FleetDirector director) throws InterruptedException {
        letTimePass();
        double cpu = director.cpuSeconds();
        double requests = director.meter(REQUESTS, "");
        long from = System.nanoTime();
        letTimePass();
        return new Idle(
                (director.cpuSeconds() - cpu) * 100 / seconds(from),
                (director.meter(REQUESTS, "") - requests) / seconds(from));
    }

    private void letTimePass() throws InterruptedException {
        long from = System.nanoTime();
        Duration time = Duration.ofSeconds(size.servers() > 100 ? 30 : 2);
        await("idle time", () -> System.nanoTime() - from > time.toNanos());
    }

    /** What a director takes that has nothing to do. */
    private record Idle(double cpuPercent, double requestsPerSecond) {
        void figures(Report report, String name, String when) {
            report.figure(name + "CpuPercent", "CPU of the director " + when + ", of one core", cpuPercent, "%");
            report.figure(
                    name + "RequestsPerSecond",
                    "requests to the API server " + when + ", a second",
                    requestsPerSecond,
                    "");
        }
    }

    private static Map<String, Double> calls(FleetDirector director) throws InterruptedException {
        Map<String, Double> calls = new LinkedHashMap<>();
        for (String verb : List.of("POST", "PATCH", "GET", "PUT", "DELETE")) {
            calls.put(verb, calls(director, verb));
        }
        return calls;
    }

    private static double calls(FleetDirector director, String verb) throws InterruptedException {
        return director.meter(REQUESTS, "verb=\"" + verb + "\"");
    }

    private List<String> createModes(int ofAMode) {
        List<String> names = new ArrayList<>();
        for (int from = 0; from < size.servers(); from += ofAMode) {
            String name = "fleet-" + names.size();
            names.add(name);
            createMode(name, Math.min(ofAMode, size.servers() - from), "used");
        }
        return names;
    }

    private void createMode(String name, int standbys, String label) {
        GenericKubernetesResource mode = Serialization.unmarshal(
                """
                apiVersion: paddock.dev/v1
                kind: GameMode
                metadata: {name: %s, namespace: %s, labels: {bench: %s}}
                spec:
                  matching:
                    teams: {count: 2, size: 1}
                    rank: {start: 100, widenPerSecond: 50, limit: 2000}
                    latency: {start: 80, widenPerSecond: 20, limit: 400}
                    ticketLifetime: 5m
                  limits: {readyWithin: 10s, startTries: 3, joinWithin: 30s, longest: 3m}
                  standby: {min: %d}
                  server:
                    image: "%s"
                    nodeSelector: {paddock.dev/fake-node: "true"}
                    tolerations: [{key: paddock.dev/fake-node, operator: Exists, effect: NoSchedule}]
                """.formatted(name, NAMESPACE, label, standbys, IMAGE), GenericKubernetesResource.class);
        client.resource(mode).create();
    }

    private void installCrds(Path root) throws IOException {
        for (String name : List.of("gamemodes", "gameservers")) {
            Path file = root.resolve("helm/paddock/crds/" + name + ".paddock.dev-v1.yml");
            client.resource(Files.readString(file)).forceConflicts().serverSideApply();
        }
    }

    private static void await(String what, Condition condition) throws InterruptedException {
        long from = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - from > LONGEST.toNanos()) {
                throw new IllegalStateException("waited " + LONGEST.toMinutes() + " minutes for " + what);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }

    private static Connection connect(String creds) throws IOException, InterruptedException {
        return Nats.connect(Options.builder()
                .server(SharedServers.nats().url())
                .authHandler(Nats.staticCredentials(creds.getBytes(StandardCharsets.UTF_8)))
                .build());
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws InterruptedException;
    }
}
