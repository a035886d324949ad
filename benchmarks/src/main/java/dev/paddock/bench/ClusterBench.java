package dev.paddock.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.paddock.local.server.Ports;
import dev.paddock.local.server.PrivateFiles;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * From "Play" to {@code PlayerMatched} with game servers as pods of a cluster of this machine's namespaces, the services
 * beside it: with a standby, without any, and what a bare pod takes on the same cluster, one after the other.
 */
final class ClusterBench {
    private static final Duration CLUSTER = Duration.ofMinutes(40);
    private static final Duration WORD = Duration.ofMinutes(5);
    private static final Duration PLAY = Duration.ofMinutes(15);

    private final Words words;
    private final Path root;
    private final Path state;
    private final Report report;
    private final String url = "http://127.0.0.1:" + Ports.free();

    private ClusterBench(Path root, Report report) {
        this.root = root;
        this.state = PrivateFiles.folder(root.resolve(".paddock/cluster-of-bench"));
        this.words = new Words(root, state);
        this.report = report;
    }

    static void run(Path root, Report report, boolean quick) throws InterruptedException {
        new ClusterBench(root, report).run(quick ? 2 : 50, quick ? 1 : 15);
    }

    private void run(int withStandby, int cold) throws InterruptedException {
        words.say(WORD, "cluster", "down");
        try {
            words.say(CLUSTER, "cluster", "up", "1");
            Path kubeconfig = state.resolve("admin.kubeconfig");
            String tar = words.say(WORD, "image").strip();
            words.say(WORD, "cluster", "load", tar);
            words.say(WORD, "cluster", "kubectl", "apply", "-f", "helm/paddock/crds");
            keep(1);
            Process platform = words.begin(
                    WORD,
                    "Paddock is ready",
                    "up",
                    "--port",
                    url.substring(url.lastIndexOf(':') + 1),
                    "--data",
                    state.resolve("data").toString(),
                    "--fresh",
                    "--kubeconfig",
                    kubeconfig.toString(),
                    "--listen",
                    System.getenv().getOrDefault("PADDOCK_CLUSTER_NET", "10.97.0") + ".254");
            try {
                matches("standby", withStandby);
                keep(0);
                matches("cold", cold);
                pods(kubeconfig, cold);
            } finally {
                platform.destroy();
                platform.waitFor(1, TimeUnit.MINUTES);
            }
        } finally {
            words.say(WORD, "cluster", "down");
        }
    }

    /** The drag race, with so many standbys and no more; whatever their ratings have become, the two are matched at once. */
    private void keep(int standbys) throws InterruptedException {
        String mode = PrivateFiles.read(root.resolve("examples/game-modes/drag-race.yaml"))
                .replaceAll("(?m)start: 100 .*$", "start: 2000")
                .replaceAll("(?m)min: 1 .*$", "min: " + standbys + "\n    max: " + standbys)
                .replaceAll("(?m)image: drag-race .*$", "image: localhost/paddock/drag-race:0.1.0");
        Path yaml = PrivateFiles.write(state.resolve("mode.yaml"), mode);
        words.say(WORD, "cluster", "kubectl", "apply", "-f", yaml.toString());
    }

    /** Each is resigned once both players are in; then there is time for another standby. */
    private void matches(String start, int times) throws InterruptedException {
        String json = words.say(
                PLAY,
                "play",
                "--url",
                url,
                "--repeat",
                Integer.toString(times + 1),
                "--until",
                "joined",
                "--pause",
                "4s",
                "--json");
        // The first after a change of standbys may have met one of those before.
        JsonNode measured = tree(json).path("summary").path(start);
        report.heading(
                "%s: %d matches".formatted(start, measured.path("matches").asInt()));
        JsonNode total = measured.path("total");
        report.figure(
                start + "P50Ms",
                "from Play to PlayerMatched, p50",
                total.path("medianMs").asDouble(),
                "ms");
        report.figure(
                start + "P99Ms",
                "from Play to PlayerMatched, p99",
                total.path("p99Ms").asDouble(),
                "ms");
        for (JsonNode stop : measured.path("stops")) {
            String name = stop.path("stop").asText();
            String key = start + Character.toUpperCase(name.charAt(0)) + name.substring(1);
            report.figure(
                    key + "P50Ms",
                    "of it " + name + ", p50",
                    stop.path("medianMs").asDouble(),
                    "ms");
            report.figure(
                    key + "P99Ms", "of it " + name + ", p99", stop.path("p99Ms").asDouble(), "ms");
        }
    }

    private void pods(Path kubeconfig, int times) {
        Config config = Config.fromKubeconfig(PrivateFiles.read(kubeconfig));
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            Samples.Sorted taken = BarePods.measure(client, times + 1).sorted();
            report.heading("bare pods: " + taken.size());
            report.baseline("podP50Ms", "create a pod of nothing until it is Running, p50", taken.millis(50), "ms");
            report.baseline("podP99Ms", "create a pod of nothing until it is Running, p99", taken.millis(99), "ms");
        }
    }

    private static JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("./paddock play --json did not print JSON: " + json, e);
        }
    }
}
