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
import dev.paddock.director.mode.KnownMode;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Mode;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
        GameServer failed = failed("a", TEMPLATE, "ErrImagePull", "no such image");

        Condition condition = condition(status(mode(1), failed), "StandbySufficient");

        assertThat(condition.getReason()).isEqualTo("ServersFail");
        assertThat(condition.getMessage()).contains("ErrImagePull, no such image");
    }

    @Test
    void aRolloutSaysHowFarItIs() {
        GameMode mode = mode(2);
        KnownMode known = known(mode, "t1", known(mode, TEMPLATE, null));

        GameModeStatus status = status(
                mode,
                known,
                NOW,
                server("a", "t1", ServerPhase.STANDBY, 0),
                server("b", "t1", ServerPhase.STANDBY, 0),
                server("c", TEMPLATE, ServerPhase.STANDBY, 0));

        assertThat(condition(status, "StandbySufficient").getStatus()).isEqualTo("True");
        assertThat(condition(status, "RolloutComplete").getReason()).isEqualTo("RollingOut");
        assertThat(condition(status, "RolloutComplete").getMessage())
                .isEqualTo("1 of 2 servers of the new template wait, matches get the old one");
    }

    @Test
    void aRolloutThatStopsSaysWhyAndTheOldStandbysStillSuffice() {
        GameMode mode = mode(1);
        KnownMode known = known(mode, "t1", known(mode, TEMPLATE, null));

        GameModeStatus status = status(
                mode,
                known,
                NOW,
                server("a", "t1", ServerPhase.STANDBY, 0),
                failed("b", TEMPLATE, "ErrImagePull", "no such image"));

        assertThat(condition(status, "StandbySufficient").getStatus()).isEqualTo("True");
        assertThat(condition(status, "RolloutComplete").getReason()).isEqualTo("Stopped");
        assertThat(condition(status, "RolloutComplete").getMessage()).contains("ErrImagePull, no such image");
    }

    @Test
    void whatManagersSayOfTheQueueIsShown() {
        assertThat(status(mode(0)).queued()).isEqualTo(4);
    }

    @Test
    void aConditionKeepsItsTimeUntilItsTruthChanges() {
        GameMode mode = mode(1);
        GameModeStatus first = status(mode);
        mode.setStatus(first);

        GameModeStatus later = status(mode, NOW.plusSeconds(60));
        GameModeStatus enough = status(mode, NOW.plusSeconds(60), server("a", TEMPLATE, ServerPhase.STANDBY, 0));

        assertThat(later).isEqualTo(first);
        assertThat(condition(enough, "StandbySufficient").getLastTransitionTime())
                .isEqualTo("2026-01-02T03:05:05Z");
    }

    private static GameModeStatus status(GameMode mode, GameServer... servers) {
        return status(mode, NOW, servers);
    }

    private static GameModeStatus status(GameMode mode, Instant now, GameServer... servers) {
        return status(mode, known(mode, TEMPLATE, null), now, servers);
    }

    private static GameModeStatus status(GameMode mode, KnownMode known, Instant now, GameServer... servers) {
        int wanted = mode.getSpec().standby().min();
        return ModeStatus.of(mode, known, new ModeStatus.Played(wanted, 4), List.of(servers), now);
    }

    private static KnownMode known(GameMode mode, String template, @Nullable KnownMode next) {
        GameModeSpec spec = mode.getSpec();
        Mode rules = new Mode("duel", spec.matching(), spec.limits());
        return new KnownMode(rules, spec.standby(), spec.server(), template, next);
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
                Standby.of(standbys),
                ServerTemplate.of("localhost/duel:2")));
        return mode;
    }

    private static GameServer failed(String name, String template, String reason, String message) {
        GameServer failed = server(name, template, ServerPhase.FAILED, 0);
        Condition unhealthy = new ConditionBuilder()
                .withType("Healthy")
                .withStatus("False")
                .withReason(reason)
                .withMessage(message)
                .build();
        failed.setStatus(new GameServerStatus(
                ServerPhase.FAILED, null, null, null, null, null, null, null, null, null, List.of(unhealthy)));
        return failed;
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
