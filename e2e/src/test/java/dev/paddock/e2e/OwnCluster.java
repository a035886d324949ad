package dev.paddock.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A cluster made of this machine's namespaces ({@code e2e/cluster}), apart from one that a person has started. */
final class OwnCluster implements TestCluster {
    /** The first time, it is built. */
    private static final Duration START = Duration.ofMinutes(40);

    private static final Duration WORD = Duration.ofMinutes(1);
    private static final Path STATE =
            Path.of("..", ".paddock", "cluster-of-tests").toAbsolutePath().normalize();

    private final Path logs;
    private final KubernetesClient client;

    private OwnCluster(Path logs, KubernetesClient client) {
        this.logs = logs;
        this.client = client;
    }

    static OwnCluster start(Path logs, int nodes) {
        try {
            // What a killed test, or --keep, has left is not what this one begins with.
            run(logs, WORD, "down");
            run(logs, START, "up", Integer.toString(nodes));
            return new OwnCluster(logs, TestCluster.client(STATE.resolve("admin.kubeconfig")));
        } catch (AssertionError e) {
            run(logs, WORD, "down");
            throw new AssertionError(
                    "There is no Kubernetes for the tests. Name one (" + ClusterChoice.KUBECONFIG
                            + "=its kubeconfig), or start"
                            + " Docker, or give this machine what it lacks for one of its own; -DskipCluster leaves these tests"
                            + " out. " + e.getMessage(),
                    e);
        }
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public String kubectl(String... words) {
        List<String> all = new ArrayList<>(List.of("kubectl"));
        all.addAll(List.of(words));
        return run(logs, WORD, all.toArray(String[]::new));
    }

    @Override
    public Path kubeconfig() {
        return STATE.resolve("admin.kubeconfig");
    }

    /** This machine's end of the cable to the cluster. */
    @Override
    public String addressOfThisMachine() {
        return System.getenv().getOrDefault("PADDOCK_CLUSTER_NET", "10.97.0") + ".254";
    }

    @Override
    public void load(Path tar) {
        run(logs, WORD, "load", tar.toAbsolutePath().toString());
    }

    /** {@code cut}, {@code heal}, {@code kill} or {@code start} a node, counted from 1. */
    void node(String word, int node) {
        run(logs, WORD, "node", word, Integer.toString(node));
    }

    /** Runs a command inside a node. */
    String exec(int node, String... command) {
        return run(logs, WORD, inNode(node, command));
    }

    /** The same, for a program that runs on beside the test. */
    Command start(int node, String... command) {
        return Command.start(logs, "env", argv(inNode(node, command)));
    }

    /** {@code freeze} the API server, which answers nobody then, or {@code thaw} it. */
    void api(String word) {
        run(logs, WORD, "api", word);
    }

    @Override
    public void close() {
        client.close();
        // For a look at it: ./paddock e2e --keep
        if (!Boolean.getBoolean("keepCluster")) {
            run(logs, WORD, "down");
        }
    }

    private static String run(Path logs, Duration longest, String... words) {
        return Command.outputOf(logs, longest, "env", argv(words));
    }

    private static String[] inNode(int node, String... command) {
        return Stream.concat(Stream.of("node", "exec", Integer.toString(node)), Stream.of(command))
                .toArray(String[]::new);
    }

    private static String[] argv(String... words) {
        return Stream.concat(Stream.of("PADDOCK_CLUSTER_RUN=" + STATE, "./paddock", "cluster"), Stream.of(words))
                .toArray(String[]::new);
    }
}
