package dev.paddock.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * K3s in Docker. Without access to its registry, Testcontainers' own setting {@code TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX}
 * says where the image is.
 */
final class K3sCluster implements TestCluster {
    private static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.34.1-k3s1");

    private final K3sContainer container;
    private final Path kubeconfig;
    private final KubernetesClient client;

    private K3sCluster(K3sContainer container, Path kubeconfig) {
        this.container = container;
        this.kubeconfig = kubeconfig;
        this.client = TestCluster.client(kubeconfig);
    }

    /** @param folder for its kubeconfig */
    static K3sCluster start(Path folder) {
        K3sContainer container = new K3sContainer(IMAGE);
        container.start();
        try {
            return new K3sCluster(
                    container, Files.writeString(folder.resolve("k3s.kubeconfig"), container.getKubeConfigYaml()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public String kubectl(String... words) {
        List<String> argv = new ArrayList<>(List.of("kubectl"));
        argv.addAll(List.of(words));
        return inside(argv);
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** Docker's end of its network's cable. */
    @Override
    public String addressOfThisMachine() {
        return container.getContainerInfo().getNetworkSettings().getNetworks().values().stream()
                .map(network -> String.valueOf(network.getGateway()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void load(Path tar) {
        String there = "/tmp/" + tar.getFileName();
        container.copyFileToContainer(MountableFile.forHostPath(tar), there);
        inside(List.of("ctr", "--namespace", "k8s.io", "images", "import", there));
    }

    private String inside(List<String> argv) {
        try {
            ExecResult result = container.execInContainer(argv.toArray(String[]::new));
            if (result.getExitCode() != 0) {
                throw new AssertionError(String.join(" ", argv) + ": " + result.getStderr());
            }
            return result.getStdout();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        client.close();
        container.stop();
    }
}
