package dev.paddock.director.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.paddock.director.backend.Packing;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micronaut.context.BeanContext;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.context.event.StartupEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElectionTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void aDirectorThatLostItsLeaseLeadsAgainOnceItCan() throws IOException {
        try (LeaseServer server = new LeaseServer();
                KubernetesClient client = server.client();
                BeanContext context = BeanContext.build();
                Election election = new Election(new Kube(client, "default"), settings())) {
            election.start(new StartupEvent(context));
            await("it leads").atMost(SOON).until(election::isLeader);

            server.broken(true);
            await("it leads no more").atMost(SOON).until(() -> !election.isLeader());
            server.broken(false);

            await("it leads again").atMost(SOON).until(election::isLeader);
        }
    }

    @Test
    void whoEndsDoesNotWaitForAnApiServerThatAnswersNobody() throws IOException {
        try (LeaseServer server = new LeaseServer();
                KubernetesClient client = server.client();
                BeanContext context = BeanContext.build()) {
            Election election = new Election(new Kube(client, "default"), settings());
            election.start(new StartupEvent(context));
            await("it leads").atMost(SOON).until(election::isLeader);
            server.silent();
            await("it waits for an answer").atMost(SOON).until(server::isWaitedFor);

            assertTimeoutPreemptively(SOON, () -> election.stop(new ShutdownEvent(context)));

            assertThat(election.isLeader()).isFalse();
        }
    }

    private static KubernetesSettings settings() {
        return new KubernetesSettings(
                null,
                null,
                null,
                null,
                List.of("InternalIP"),
                1,
                1,
                Duration.ofMinutes(10),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                Duration.ofSeconds(2),
                65532,
                Packing.PACK);
    }
}
