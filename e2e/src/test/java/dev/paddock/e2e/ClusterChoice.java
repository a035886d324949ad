package dev.paddock.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which Kubernetes the tests run on: one that is given, else Docker's, else one of this machine's own. The usual {@code
 * KUBECONFIG} is left alone on purpose: whoever runs tests does not mean the cluster that he happens to work on.
 */
sealed interface ClusterChoice {
    /** Names the kubeconfig of a cluster that may be used for tests. */
    String KUBECONFIG = "PADDOCK_E2E_KUBECONFIG";

    /** By {@code -DskipCluster}, for a machine that cannot have one. */
    record LeftOut() implements ClusterChoice {}

    record Given(Path kubeconfig) implements ClusterChoice {}

    /** Testcontainers' K3s. */
    record InDocker() implements ClusterChoice {}

    /** Made of namespaces, in {@code e2e/cluster}. */
    record OnThisMachine() implements ClusterChoice {}

    /**
     * @param environment of this process
     * @param exists whether there is such a file; a Docker whose client alone is installed has no socket
     */
    static ClusterChoice of(boolean leftOut, Map<String, String> environment, Predicate<Path> exists) {
        if (leftOut) {
            return new LeftOut();
        }
        String given = environment.get(KUBECONFIG);
        if (isSaid(given)) {
            return new Given(Path.of(given));
        }
        if (isSaid(environment.get("DOCKER_HOST")) || dockerSockets(environment).anyMatch(exists)) {
            return new InDocker();
        }
        return new OnThisMachine();
    }

    private static boolean isSaid(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    /** Where Docker listens: of the machine, of a user (rootless), of Docker Desktop. */
    private static Stream<Path> dockerSockets(Map<String, String> environment) {
        return Stream.of(
                        List.of("/var/run/docker.sock"),
                        under(environment.get("XDG_RUNTIME_DIR"), "docker.sock"),
                        under(environment.get("HOME"), ".docker/run/docker.sock"))
                .flatMap(List::stream)
                .map(Path::of);
    }

    private static List<String> under(@Nullable String folder, String socket) {
        return isSaid(folder) ? List.of(folder + "/" + socket) : List.of();
    }
}
