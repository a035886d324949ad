package dev.paddock.director.operator;

import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerStatus;
import dev.paddock.crds.ServerPhase;
import dev.paddock.director.fleet.Phase;
import dev.paddock.director.fleet.ServerView;
import dev.paddock.director.kubernetes.Labels;
import dev.paddock.director.kubernetes.PodSeen;
import dev.paddock.director.kubernetes.ServerObjects;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the operator does next about a server: a pure function of what is seen of it. */
sealed interface ServerStep {
    /** Somebody declared it by hand, without a key: make one, and its Secret. */
    record GiveKey() implements ServerStep {}

    record MakePod() implements ServerStep {}

    /**
     * Its status.
     *
     * @param phase as it is now
     * @param reason a word for programs: of the condition that says most about this phase
     * @param message for a person
     */
    record Say(ServerPhase phase, String reason, String message) implements ServerStep {}

    /** It is over. A pod that has not ended is ended: nobody waits for it. */
    record End(ServerPhase phase, String reason, String message) implements ServerStep {}

    /** It has been over for long: forget it, with its pod and Secret. */
    record Remove() implements ServerStep {}

    /** It is over, and kept for a while. */
    record Keep(Duration longer) implements ServerStep {}

    /**
     * Everything that is seen of a server.
     *
     * @param pod its own; null: it has none
     * @param heard what it said on NATS; null: nothing yet, or not to this director
     */
    record Seen(
            GameServer server, @Nullable Pod pod, @Nullable ServerView heard, Instant now) {
        ServerPhase phase() {
            return Optional.ofNullable(server.getStatus())
                    .map(GameServerStatus::phase)
                    .orElse(ServerPhase.PENDING);
        }
    }

    /**
     * @param keepFinished how long a server that has ended can still be looked at
     * @param startWithin from a server's declaration to its first word, generously: the director that declared it looks
     *     sooner, so this one is for servers whose director is gone
     */
    record Times(Duration keepFinished, Duration startWithin) {}

    static ServerStep of(Seen seen, Times times) {
        ServerPhase phase = seen.phase();
        if (phase.isEnd()) {
            return ended(seen, times);
        }
        if (!notes(seen.server()).containsKey(Labels.PUBLIC_KEY)) {
            return new GiveKey();
        }
        if (seen.pod() == null) {
            return phase == ServerPhase.PENDING
                    ? new MakePod()
                    : new End(ServerPhase.FAILED, "PodGone", "its pod was deleted");
        }
        if (!ServerObjects.isOwned(seen.pod(), seen.server())) {
            return new End(
                    ServerPhase.FAILED, "NameTaken", "a pod of this name is there already, and is none of Paddock's");
        }
        return switch (PodSeen.of(seen.pod())) {
            case PodSeen.Gone gone ->
                new End(gone.clean() ? ServerPhase.FINISHED : ServerPhase.FAILED, gone.reason(), gone.message());
            case PodSeen.Hopeless hopeless -> new End(ServerPhase.FAILED, hopeless.reason(), hopeless.message());
            case PodSeen.Coming coming -> coming(seen, coming, times);
            case PodSeen.Running _ -> running(seen, times);
        };
    }

    private static ServerStep ended(Seen seen, Times times) {
        GameServerStatus status = Objects.requireNonNull(seen.server().getStatus());
        Instant ended = status.endedAt() == null ? seen.now() : Instant.parse(status.endedAt());
        Duration left = Duration.between(seen.now(), ended.plus(times.keepFinished()));
        return left.isPositive() ? new Keep(left) : new Remove();
    }

    private static ServerStep coming(Seen seen, PodSeen.Coming coming, Times times) {
        return isLate(seen, times)
                ? new End(ServerPhase.FAILED, coming.reason(), "it did not start in time: " + coming.message())
                : new Say(ServerPhase.STARTING, coming.reason(), coming.message());
    }

    private static ServerStep running(Seen seen, Times times) {
        ServerView heard = seen.heard();
        if (heard == null || heard.phase() == Phase.STARTING) {
            // Who has spoken before to another director is not late: this one has just begun to hear.
            return seen.phase() == ServerPhase.STARTING && isLate(seen, times)
                    ? new End(
                            ServerPhase.FAILED,
                            "NeverReady",
                            "its process runs, and did not say that it is ready in time")
                    : new Say(
                            seen.phase() == ServerPhase.PENDING ? ServerPhase.STARTING : seen.phase(),
                            "Started",
                            "its process runs");
        }
        return heard.matchId() == null
                ? new Say(ServerPhase.STANDBY, "Standby", "it waits for a match")
                : new Say(ServerPhase.IN_MATCH, "InMatch", "it serves match " + heard.matchId());
    }

    private static boolean isLate(Seen seen, Times times) {
        Instant declared = Instant.parse(seen.server().getMetadata().getCreationTimestamp());
        return seen.now().isAfter(declared.plus(times.startWithin()));
    }

    private static Map<String, String> notes(GameServer server) {
        return Objects.requireNonNullElse(server.getMetadata().getAnnotations(), Map.of());
    }
}
