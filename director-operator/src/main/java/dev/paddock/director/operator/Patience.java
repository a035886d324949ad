package dev.paddock.director.operator;

import dev.paddock.crds.GameServerStatus;
import dev.paddock.crds.ServerPhase;
import dev.paddock.director.kubernetes.PodSeen;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * When a status is written: thousands of servers start at one time, and each write is the API server's work. The steps of a start
 * that goes well are over in a second or two, and the last of them says all; one that takes longer is told.
 */
final class Patience {
    /** Longer than a server takes from its node to its first word when its image is there. */
    static final Duration STEP = Duration.ofSeconds(3);

    private Patience() {}

    /** How long a status may wait to be written, zero: it is news; empty: it is written already. */
    static Optional<Duration> before(ServerStep.Seen seen, GameServerStatus status) {
        GameServerStatus written = seen.server().getStatus();
        if (status.equals(written)) {
            return Optional.empty();
        }
        return Optional.of(written == null || !isStepOfAStart(written, status) ? Duration.ZERO : left(seen));
    }

    private static boolean isStepOfAStart(GameServerStatus written, GameServerStatus status) {
        return written.phase() == ServerPhase.STARTING
                && status.phase() == ServerPhase.STARTING
                && Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
                        .map(Condition::getReason)
                        .allMatch(ServerNews.USUAL::contains);
    }

    /** By the clock of its node, which may be wrong: then it is written at once. */
    private static Duration left(ServerStep.Seen seen) {
        return PodSeen.lastStep(seen.pod())
                .filter(step -> !step.isAfter(seen.now()))
                .map(step -> Duration.between(seen.now(), step.plus(STEP)))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }
}
