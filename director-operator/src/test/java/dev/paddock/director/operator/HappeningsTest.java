package dev.paddock.director.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.crds.GameMode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HappeningsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Happening FAILS = new Happening(true, "ServersFail", "no such image");

    @Test
    void aConditionThatTurnsIsSaidOnceForAllThatTurnWithIt() {
        List<Condition> before = List.of(condition("Ready", "False", "PodCreated"), healthy("PodCreated"));
        List<Condition> now = List.of(condition("Ready", "True", "Standby"), healthy("Standby"));

        assertThat(between(before, now)).containsExactly(new Happening(false, "Standby", "because Standby"));
        assertThat(between(now, now)).isEmpty();
    }

    @Test
    void troubleIsSaidForEachReasonAndAllElseOnlyWhenItTurns() {
        List<Condition> before = List.of(condition("Started", "False", "PodCreated"), healthy("PodCreated"));
        List<Condition> usual =
                List.of(condition("Started", "False", "ContainerCreating"), healthy("ContainerCreating"));
        List<Condition> trouble = List.of(condition("Started", "False", "Trouble"), healthy("Trouble"));

        assertThat(between(before, usual)).isEmpty();
        assertThat(between(usual, trouble)).containsExactly(new Happening(true, "Trouble", "because Trouble"));
    }

    @Test
    void whatIsTrueFromTheBeginningIsSaid() {
        assertThat(between(null, List.of(condition("Ready", "False", "PodCreated"), healthy("PodCreated"))))
                .containsExactly(new Happening(false, "PodCreated", "because PodCreated"));
    }

    @Test
    void whatHappensAgainAndAgainIsCountedAndWrittenOnceAMinute() {
        Happenings happenings = happenings();

        Event first = Objects.requireNonNull(happenings.event(mode(), FAILS, NOW));
        Event second = happenings.event(mode(), FAILS, NOW.plusSeconds(1));
        Event third = Objects.requireNonNull(happenings.event(mode(), FAILS, NOW.plusSeconds(60)));

        assertThat(first.getCount()).isEqualTo(1);
        assertThat(first.getType()).isEqualTo("Warning");
        assertThat(first.getInvolvedObject().getKind()).isEqualTo("GameMode");
        assertThat(second).isNull();
        assertThat(third.getCount()).isEqualTo(3);
        assertThat(third.getFirstTimestamp()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(third.getLastTimestamp()).isEqualTo("2026-01-02T03:05:05Z");
        assertThat(third.getMetadata().getName())
                .as("the same Event")
                .isEqualTo(first.getMetadata().getName());
    }

    @Test
    void anotherReasonIsAnotherEvent() {
        Happenings happenings = happenings();
        Event fails = Objects.requireNonNull(happenings.event(mode(), FAILS, NOW));
        Event enough = Objects.requireNonNull(
                happenings.event(mode(), new Happening(false, "Sufficient", "x".repeat(2_000)), NOW));

        assertThat(enough.getMetadata().getName())
                .isNotEqualTo(fails.getMetadata().getName());
        assertThat(enough.getMessage()).as("as much as the API server takes").hasSize(1_024);
    }

    private static List<Happening> between(@Nullable List<Condition> before, List<Condition> now) {
        return Happening.between(
                before,
                now,
                condition -> condition.getReason().equals("Trouble")
                        && condition.getType().equals("Healthy"));
    }

    private static Condition healthy(String reason) {
        return condition("Healthy", "True", reason);
    }

    private static Condition condition(String type, String status, String reason) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage("because " + reason)
                .build();
    }

    private static GameMode mode() {
        GameMode mode = new GameMode();
        mode.setMetadata(new ObjectMetaBuilder()
                .withName("duel")
                .withNamespace("games")
                .withUid("u1")
                .build());
        return mode;
    }

    /** Nothing is written here. */
    private static Happenings happenings() {
        return new Happenings(new KubernetesClientBuilder().build(), InstantSource.system());
    }
}
