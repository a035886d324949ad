package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.crds.GameMode;
import dev.paddock.crds.GameServer;
import dev.paddock.crds.ServerPhase;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a mode's servers run is changed while it is played. */
@Tag("cluster")
@ExtendWith(SharedPlatform.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolloutE2E {
    private static final Duration SOON = Duration.ofSeconds(90);

    private final ClusterPlatform platform;
    private DirectorProcess director;

    RolloutE2E(ClusterPlatform platform) {
        this.platform = platform;
    }

    @BeforeAll
    void startADirector() {
        director = DirectorProcess.start(platform, Map.of());
        director.awaitLead();
    }

    @AfterAll
    void stopTheDirector() {
        platform.deleteModes();
        Orphans.awaitNone(platform, 0);
        director.close();
    }

    @BeforeEach
    void aStandbyWaits() {
        platform.apply(1);
        await("a standby, and nothing to roll out")
                .atMost(SOON)
                .until(() -> platform.servers(ServerPhase.STANDBY).size() == 1
                        && rollout()
                                .filter(it -> it.getReason().equals("Complete"))
                                .isPresent());
    }

    @Test
    void aNewTemplateTakesOverAndTheMatchThatRunsIsPlayedToItsEnd() {
        Play play = Play.race(platform, ClusterPlatform.MODE, 2);
        await("the match runs")
                .atMost(SOON)
                .until(() -> platform.servers(ServerPhase.IN_MATCH).size() == 1);
        String before = template(platform.servers(ServerPhase.IN_MATCH).getFirst());

        platform.client()
                .resources(GameMode.class)
                .inNamespace(platform.namespace())
                .withName(ClusterPlatform.MODE)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"server\":{\"env\":[{\"name\":\"ROUND\",\"value\":\"2\"}]}}}");

        play.everybodyRaced();
        await("one of the new template waits, and none of the old one")
                .atMost(SOON)
                .until(() -> {
                    List<GameServer> standbys = platform.servers(ServerPhase.STANDBY);
                    return standbys.size() == 1
                            && !template(standbys.getFirst()).equals(before);
                });
    }

    @Test
    void anImageThatDoesNotExistStopsTheRolloutAndReachesNoPlayer() {
        GameServer old = platform.servers(ServerPhase.STANDBY).getFirst();

        platform.apply(ClusterPlatform.MODE, 1, "localhost/paddock/nothing:9");

        await("the rollout stops, and says why")
                .atMost(SOON)
                .until(() ->
                        rollout().filter(it -> it.getReason().equals("Stopped")).isPresent());
        assertThat(rollout().orElseThrow().getMessage()).contains("nothing:9");
        assertThat(ClusterPlatform.phase(platform.server(old.getMetadata().getName())))
                .isEqualTo(ServerPhase.STANDBY);
        Play.race(platform, ClusterPlatform.MODE, 2).everybodyRaced();
        await("the old template is refilled")
                .atMost(SOON)
                .until(() -> platform.servers(ServerPhase.STANDBY).stream()
                        .anyMatch(server -> template(server).equals(template(old))
                                && !server.getMetadata()
                                        .getName()
                                        .equals(old.getMetadata().getName())));
    }

    private Optional<Condition> rollout() {
        GameMode mode = platform.client()
                .resources(GameMode.class)
                .inNamespace(platform.namespace())
                .withName(ClusterPlatform.MODE)
                .get();
        return Optional.ofNullable(mode.getStatus()).map(status -> status.conditions()).stream()
                .flatMap(List::stream)
                .filter(condition -> condition.getType().equals("RolloutComplete"))
                .filter(condition -> Objects.equals(
                        condition.getObservedGeneration(), mode.getMetadata().getGeneration()))
                .findFirst();
    }

    private static String template(GameServer server) {
        return Objects.requireNonNull(server.getMetadata().getLabels().get("paddock.dev/template"));
    }
}
