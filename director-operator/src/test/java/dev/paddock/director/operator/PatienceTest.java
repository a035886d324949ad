package dev.paddock.director.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerSpec;
import dev.paddock.crds.GameServerStatus;
import dev.paddock.crds.ServerPhase;
import dev.paddock.crds.ServerTemplate;
import dev.paddock.director.kubernetes.PodSeen;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void theSameStatusIsNotWrittenTwice() {
        for (ServerPhase phase : ServerPhase.values()) {
            ServerStep.Seen seen = seen(null, null, NOW);
            GameServerStatus written = ServerStatus.of(seen, null, phase, "Reason", "message");
            ServerStep.Seen again = seen(written, null, NOW.plusSeconds(30));

            assertThat(Patience.before(again, ServerStatus.of(again, null, phase, "Reason", "message")))
                    .as(phase.name())
                    .isEmpty();
        }
    }

    @Test
    void aStepOfAStartIsWrittenOnlyWhenTheNextOneIsLongInComing() {
        Pod placed = placedAt(NOW);
        ServerStep.Seen soon = seen(made(), placed, NOW.plusSeconds(1));
        ServerStep.Seen late = seen(made(), placed, NOW.plus(Patience.STEP));

        assertThat(Patience.before(soon, creating(soon))).contains(Patience.STEP.minusSeconds(1));
        assertThat(Patience.before(late, creating(late))).contains(Duration.ZERO);
    }

    @Test
    void eachStepMayTakeItsTime() {
        Pod runs = runningSince(NOW.plusSeconds(60));
        ServerStep.Seen seen = seen(made(), runs, NOW.plusSeconds(61));

        assertThat(Patience.before(seen, status(seen, ServerPhase.STARTING, "Started")))
                .contains(Patience.STEP.minusSeconds(1));
    }

    @Test
    void whatItWaitsForIsWrittenAtOnceWhenSomebodyMayHaveToMendIt() {
        ServerStep.Seen seen = seen(made(), placedAt(NOW), NOW);

        assertThat(Patience.before(seen, status(seen, ServerPhase.STARTING, "Unschedulable")))
                .contains(Duration.ZERO);
    }

    @Test
    void anotherPhaseIsWrittenAtOnce() {
        ServerStep.Seen first = seen(null, null, NOW);
        ServerStep.Seen starting = seen(made(), runningSince(NOW), NOW);

        assertThat(Patience.before(first, status(first, ServerPhase.STARTING, PodSeen.CREATED)))
                .contains(Duration.ZERO);
        assertThat(Patience.before(starting, status(starting, ServerPhase.STANDBY, "Standby")))
                .contains(Duration.ZERO);
        assertThat(Patience.before(starting, status(starting, ServerPhase.FAILED, "Error")))
                .contains(Duration.ZERO);
    }

    @Test
    void aNodeWhoseClockIsAheadKeepsNothingUnsaid() {
        ServerStep.Seen seen = seen(made(), placedAt(NOW.plusSeconds(3600)), NOW);

        assertThat(Patience.before(seen, creating(seen))).contains(Duration.ZERO);
    }

    @Test
    void aServerThatHasEndedBeforeItWasToldOfItsStartHasStarted() {
        ServerStep.Seen seen = seen(made(), runningSince(NOW), NOW);

        assertThat(Optional.ofNullable(status(seen, ServerPhase.FAILED, "Error").conditions())
                        .orElseThrow())
                .filteredOn(condition -> condition.getType().equals("Started"))
                .allMatch(condition -> condition.getStatus().equals("True"))
                .hasSize(1);
    }

    private static GameServerStatus made() {
        return status(seen(null, null, NOW), ServerPhase.STARTING, PodSeen.CREATED);
    }

    private static GameServerStatus creating(ServerStep.Seen seen) {
        return status(seen, ServerPhase.STARTING, PodSeen.MAKING);
    }

    private static GameServerStatus status(ServerStep.Seen seen, ServerPhase phase, String reason) {
        return ServerStatus.of(seen, null, phase, reason, "because");
    }

    private static Pod placedAt(Instant time) {
        return pod().editOrNewStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("True")
                .withLastTransitionTime(time.toString())
                .endCondition()
                .endStatus()
                .build();
    }

    private static Pod runningSince(Instant time) {
        return pod().editOrNewStatus()
                .addNewContainerStatus()
                .withName(PodSeen.CONTAINER)
                .withNewState()
                .withNewRunning(time.toString())
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static PodBuilder pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("s1")
                .endMetadata()
                .withNewSpec()
                .withNodeName("node1")
                .endSpec();
    }

    private static ServerStep.Seen seen(@Nullable GameServerStatus written, @Nullable Pod pod, Instant now) {
        GameServer server = new GameServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withName("s1")
                .withNamespace("games")
                .withUid("u1")
                .build());
        server.setSpec(new GameServerSpec("duel", null, ServerTemplate.of("localhost/duel:1")));
        if (written != null) {
            server.setStatus(written);
        }
        return new ServerStep.Seen(server, pod, false, null, new ServerStep.First(NOW, true), now);
    }
}
