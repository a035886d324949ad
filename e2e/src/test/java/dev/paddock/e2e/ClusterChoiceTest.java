package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterChoiceTest {
    private static final Map<String, String> GIVEN_AND_DOCKER =
            Map.of("PADDOCK_E2E_KUBECONFIG", "mine.yaml", "DOCKER_HOST", "tcp://docker:2375");

    @Test
    void whoLeavesThemOutMeansIt() {
        assertThat(ClusterChoice.of(true, GIVEN_AND_DOCKER, path -> true)).isEqualTo(new ClusterChoice.LeftOut());
    }

    @Test
    void aGivenClusterComesBeforeDocker() {
        assertThat(ClusterChoice.of(false, GIVEN_AND_DOCKER, path -> true))
                .isEqualTo(new ClusterChoice.Given(Path.of("mine.yaml")));
    }

    @Test
    void dockerComesBeforeOneOfThisMachinesOwn() {
        assertThat(ClusterChoice.of(false, Map.of("DOCKER_HOST", "tcp://docker:2375"), path -> false))
                .isEqualTo(new ClusterChoice.InDocker());
        assertThat(ClusterChoice.of(false, Map.of(), Set.of(Path.of("/var/run/docker.sock"))::contains))
                .isEqualTo(new ClusterChoice.InDocker());
        assertThat(ClusterChoice.of(
                        false,
                        Map.of("XDG_RUNTIME_DIR", "/run/user/7"),
                        Set.of(Path.of("/run/user/7/docker.sock"))::contains))
                .isEqualTo(new ClusterChoice.InDocker());
    }

    @Test
    void withoutBothThisMachineMakesOne() {
        assertThat(ClusterChoice.of(false, Map.of("PADDOCK_E2E_KUBECONFIG", " "), path -> false))
                .isEqualTo(new ClusterChoice.OnThisMachine());
    }

    @Test
    void theClusterThatAPersonWorksOnIsLeftAlone() {
        assertThat(ClusterChoice.of(false, Map.of("KUBECONFIG", "production.yaml"), path -> false))
                .isEqualTo(new ClusterChoice.OnThisMachine());
    }
}
