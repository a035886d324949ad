package dev.paddock.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Somebody else's cluster, used with this machine's kubectl; it outlives the tests. */
final class GivenCluster implements TestCluster {
    private static final Duration KUBECTL = Duration.ofSeconds(30);

    private final Path kubeconfig;
    private final Path logs;
    private final KubernetesClient client;

    GivenCluster(Path kubeconfig, Path logs) {
        this.kubeconfig = kubeconfig.toAbsolutePath();
        this.logs = logs;
        this.client = TestCluster.client(kubeconfig);
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public String kubectl(String... words) {
        List<String> all = new ArrayList<>(List.of("--kubeconfig", kubeconfig.toString()));
        all.addAll(List.of(words));
        return Command.outputOf(logs, KUBECTL, "kubectl", all.toArray(String[]::new));
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** The one from which this machine speaks to the cluster: nothing is sent. */
    @Override
    public String addressOfThisMachine() {
        URI server = URI.create(client.getConfiguration().getMasterUrl());
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(server.getHost(), Math.max(server.getPort(), 1)));
            return socket.getLocalAddress().getHostAddress();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void load(Path tar) {
        throw new AssertionError("the images of a given cluster come from its registry: " + tar
                + " cannot be handed to its nodes; use Docker's cluster, or this machine's own");
    }

    @Override
    public void close() {
        client.close();
    }
}
