package dev.paddock.local.up;

import dev.paddock.local.server.StartFailedException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A cluster that game servers run in, as pods, instead of as processes of this machine. Filled in by picocli. */
final class PodServers {
    @Nullable
    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "start game servers as pods of this cluster; its GameMode resources are the modes")
    Path kubeconfig;

    @Option(
            names = "--namespace",
            defaultValue = "default",
            description = "of the modes and the servers (default: default)")
    String namespace = "default";

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "this machine's address at which the cluster's nodes reach NATS (default: 127.0.0.1)")
    String listen = "127.0.0.1";

    /** Null: game servers are processes. */
    @Nullable
    Cluster cluster() {
        if (kubeconfig == null) {
            return null;
        }
        if (!Files.isReadable(kubeconfig)) {
            throw new StartFailedException(
                    "--kubeconfig must be a file that can be read, not %s.".formatted(kubeconfig));
        }
        return new Cluster(kubeconfig.toAbsolutePath(), namespace);
    }

    void check() {
        try {
            if (NetworkInterface.getByInetAddress(InetAddress.getByName(listen)) == null) {
                throw new StartFailedException(
                        "--listen must be an address of this machine, and is %s.".formatted(listen));
            }
        } catch (UnknownHostException | SocketException e) {
            throw new StartFailedException(
                    "--listen must be an address of this machine, and is %s.".formatted(listen), e);
        }
    }

    /** Where game servers are pods. */
    record Cluster(Path kubeconfig, String namespace) {}
}
