package dev.paddock.director.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.crds.GameMode;
import dev.paddock.crds.GameModeSpec;
import dev.paddock.crds.GameModeStatus;
import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerSpec;
import dev.paddock.crds.GameServerStatus;
import dev.paddock.crds.ServerPhase;
import dev.paddock.crds.ServerTemplate;
import dev.paddock.crds.Standby;
import dev.paddock.director.kubernetes.Labels;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ModeStatusTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String TEMPLATE = "t2";

    @Test
    void aModeCountsItsServersAndTheirPlayers() {
        GameModeStatus status = status(
                mode(1),
                server("a", TEMPLATE, ServerPhase.STANDBY, 0),
                server("b", TEMPLATE, ServerPhase.IN_MATCH, 2),
                server("c", "t1", ServerPhase.IN_MATCH, 1),
                server("d", TEMPLATE, ServerPhase.FINISHED, 0));

        assertThat(status.standby()).isEqualTo(1);
        assertThat(status.inMatch()).isEqualTo(2);
        assertThat(status.players()).isEqualTo(3);
        assertThat(condition(status, "Ready").getStatus()).isEqualTo("True");
    }

    @Test
    void standbysOfAnOldTemplateDoNotSuffice() {
        GameModeStatus status = status(mode(1), server("a", "t1", ServerPhase.STANDBY, 0));

        assertThat(condition(status, "StandbySufficient").getStatus()).isEqualTo("False");
        assertThat(condition(status, "StandbySufficient").getMessage()).isEqualTo("0 of 1 wait");
        assertThat(condition(status, "RolloutComplete").getStatus()).isEqualTo("False");
    }

    @Test
    void aModeThatWantsNoStandbyHasEnough() {
        GameModeStatus status = status(mode(0));

        assertThat(condition(status, "StandbySufficient").getStatus()).isEqualTo("True");
        assertThat(condition(status, "RolloutComplete").getStatus()).isEqualTo("True");
    }

    @Test
    void whyStandbysAreMissingIsSaidInTheWordsOfTheLastThatFailed() {
        GameServer failed = server("a", TEMPLATE, ServerPhase.FAILED, 0);
        Condition unhealthy = new ConditionBuilder()
                .withType("Healthy")
                .withStatus("False")
                .withReason("ErrImagePull")
                .withMessage("no such image")
                .build();
        failed.setStatus(new GameServerStatus(
                ServerPhase.FAILED, null, null, null, null, null, null, null, null, null, List.of(unhealthy)));

        Condition condition = condition(status(mode(1), failed), "StandbySufficient");

        assertThat(condition.getReason()).isEqualTo("ServersFail");
        assertThat(condition.getMessage()).contains("ErrImagePull, no such image");
    }

    @Test
    void aConditionKeepsItsTimeUntilItsTruthChanges() {
        GameMode mode = mode(1);
        GameModeStatus first = status(mode);
        mode.setStatus(first);

        GameModeStatus later = ModeStatus.of(mode, TEMPLATE, List.of(), NOW.plusSeconds(60));
        GameModeStatus enough = ModeStatus.of(
                mode, TEMPLATE, List.of(server("a", TEMPLATE, ServerPhase.STANDBY, 0)), NOW.plusSeconds(60));

        assertThat(later).isEqualTo(first);
        assertThat(condition(enough, "StandbySufficient").getLastTransitionTime())
                .isEqualTo("2026-01-02T03:05:05Z");
    }

    private static GameModeStatus status(GameMode mode, GameServer... servers) {
        return ModeStatus.of(mode, TEMPLATE, List.of(servers), NOW);
    }

    private static Condition condition(GameModeStatus status, String type) {
        return Objects.requireNonNull(status.conditions()).stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static GameMode mode(int standbys) {
        Window window = new Window(1, 1, 1);
        GameMode mode = new GameMode();
        mode.setMetadata(
                new ObjectMetaBuilder().withName("duel").withGeneration(3L).build());
        mode.setSpec(new GameModeSpec(
                new MatchingRules(new Teams(2, 1), window, window, Duration.ofMinutes(5)),
                new MatchLimits(Duration.ofSeconds(10), 3, Duration.ofSeconds(30), Duration.ofMinutes(3)),
                new Standby(standbys),
                ServerTemplate.of("localhost/duel:2")));
        return mode;
    }

    private static GameServer server(String name, String template, ServerPhase phase, int players) {
        GameServer server = new GameServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withCreationTimestamp(NOW.toString())
                .addToLabels(Labels.TEMPLATE, template)
                .build());
        server.setSpec(new GameServerSpec("duel", null, ServerTemplate.of("localhost/duel:2")));
        server.setStatus(new GameServerStatus(phase, null, null, null, null, players, null, null, null, null, null));
        return server;
    }
}
