package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many matches at once on one node, while a program on it takes ports that the servers want. */
@Tag("cluster")
@ExtendWith(SharedPlatform.class)
class CrowdedNodeE2E {
    /** 30 JVMs start at once: on two cores that takes longer than a match may wait, so not in each build. */
    private static final int MATCHES = Boolean.getBoolean("paddock.e2e.all") ? 30 : 8;

    private static final int FIRST_PORT = 7000;
    private static final int LAST_PORT = FIRST_PORT + 4 * MATCHES - 1;
    private static final int HOG_SECONDS = 300;
    private static final long SEED = 20261122;

    private final ClusterPlatform platform;

    CrowdedNodeE2E(ClusterPlatform platform) {
        this.platform = platform;
    }

    @Test
    void matchesOfOneNodeHavePortsOfTheirOwnWhileAnotherProgramTakesSome() {
        assumeThat(platform.cluster())
                .as("a cluster with nodes to run a program on")
                .isInstanceOf(OwnCluster.class);
        OwnCluster own = (OwnCluster) platform.cluster();
        platform.apply(Unrest.COLD, 0, GameServerImage.NAME);
        List<String> others = platform.client().nodes().list().getItems().stream()
                .map(node -> node.getMetadata().getName())
                .filter(name -> !name.equals("node1"))
                .toList();
        others.forEach(node -> platform.cluster().schedulable(node, false));
        try (Command hog = own.start(1, hog());
                DirectorProcess director = DirectorProcess.start(
                        platform,
                        Map.of(
                                "paddock.director.kubernetes.ports",
                                FIRST_PORT + "-" + LAST_PORT,
                                "paddock.director.start-within",
                                "60s"))) {
            director.awaitLead();
            director.awaitStarted();

            JsonNode said = Play.join(platform, Unrest.COLD, 2 * MATCHES).everybodyWasTold();

            Set<String> addresses = new HashSet<>();
            said.path("matches")
                    .forEach(match -> addresses.add(match.path("server").asText()));
            assertThat(addresses).as("%s", said).hasSizeGreaterThanOrEqualTo(MATCHES / 2);
            assertThat(addresses).allMatch(CrowdedNodeE2E::isInRange);
            assertThat(hog.isAlive()).as(hog.output()).isTrue();
            platform.deleteModes();
            Orphans.awaitNone(platform, 0);
        } finally {
            others.forEach(node -> platform.cluster().schedulable(node, true));
        }
    }

    private static String[] hog() {
        return new String[] {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            Path.of("target", "test-classes").toAbsolutePath().toString(),
            PortHog.class.getName(),
            Integer.toString(FIRST_PORT),
            Integer.toString(LAST_PORT),
            Integer.toString(HOG_SECONDS),
            Long.toString(SEED)
        };
    }

    private static boolean isInRange(String address) {
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        return port >= FIRST_PORT && port <= LAST_PORT;
    }
}
