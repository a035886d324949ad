package dev.paddock.director.operator;

import dev.paddock.crds.GameServer;
import dev.paddock.crds.ServerPhase;
import dev.paddock.director.fleet.GivenUp;
import dev.paddock.director.fleet.Phase;
import dev.paddock.director.fleet.ServerView;
import dev.paddock.director.kubernetes.PodSeen;
import dev.paddock.director.kubernetes.ServerObjects;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the operator does next about a server: a pure function of what is seen of it. Its status is the operator's own note,
 * which anybody may have edited: what its pod and the server itself say counts more.
 */
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

    /** It is over, and its container was never made; what its node last complained of says more than this. */
    record NeverMade(String reason, String message) implements ServerStep {}

    /** It has ended, and a container beside it has not: end that. */
    record EndRest() implements ServerStep {}

    /** It has been over for long: forget it, with its pod and Secret. */
    record Remove() implements ServerStep {}

    /** It is over, and kept for a while. */
    record Keep(Duration longer) implements ServerStep {}

    /**
     * @param at when this operator first saw the server
     * @param isNew whether no operator had seen it before
     */
    record First(Instant at, boolean isNew) {}

    /**
     * Everything that is seen of a server.
     *
     * @param pod its own; null: it has none
     * @param isNodeLost whether Kubernetes has not heard of its pod's node for long
     * @param heard what it said on NATS; null: nothing yet, or not to this director
     */
    record Seen(
            GameServer server,
            @Nullable Pod pod,
            boolean isNodeLost,
            @Nullable ServerView heard,
            First first,
            Instant now) {
        ServerPhase phase() {
            return ServerStatus.phase(server);
        }

        /** Without a match, and begun by nobody who is known to have finished: its Secret may be missing. */
        boolean mayLackSecret() {
            return server.getSpec().matchId() == null
                    && (heard == null || (heard.takenOver() && heard.phase() == Phase.STARTING))
                    && PodSeen.of(pod) instanceof PodSeen.Coming;
        }

        /** Its pod runs, or will, and nobody has told it to end. */
        boolean isAlive() {
            return pod != null
                    && ServerObjects.isOwned(pod, server)
                    && pod.getMetadata().getDeletionTimestamp() == null
                    && !(PodSeen.of(pod) instanceof PodSeen.Gone);
        }
    }

    /**
     * @param keepFinished how long a server that has ended can still be looked at
     * @param startWithin from the first sight of a server to its first word: the director that declared it looks
     *     sooner, so this one is for servers whose director is gone
     * @param stopWithin how long what stands beside a server may take to end after it
     */
    record Times(Duration keepFinished, Duration startWithin, Duration stopWithin) {}

    static ServerStep of(Seen seen, Times times) {
        ServerPhase phase = seen.phase();
        if (phase.isEnd() && !seen.isAlive()) {
            return ended(seen, times);
        }
        if (seen.pod() == null) {
            if (phase == ServerPhase.PENDING
                    && ServerObjects.keysOf(seen.server()).isEmpty()) {
                return new GiveKey();
            }
            return phase == ServerPhase.PENDING
                    ? new MakePod()
                    : gone(seen, new PodSeen.Gone(false, "PodGone", "its pod was deleted"));
        }
        if (!ServerObjects.isOwned(seen.pod(), seen.server())) {
            return new End(
                    ServerPhase.FAILED, "NameTaken", "a pod of this name is there already, and is none of Paddock's");
        }
        return switch (PodSeen.of(seen.pod())) {
            case PodSeen.Gone gone -> gone(seen, gone);
            case PodSeen.Hopeless hopeless -> new End(ServerPhase.FAILED, hopeless.reason(), hopeless.message());
            case PodSeen.Coming coming -> coming(seen, coming, times);
            case PodSeen.Running _ -> running(seen, times);
        };
    }

    private static ServerStep ended(Seen seen, Times times) {
        Optional<Instant> ended = ServerStatus.endedAt(seen.server(), seen.now());
        if (ended.isEmpty()) {
            // Edited, or written by a clock that was ahead: it would be kept for ever, or for as long as that.
            Optional<Condition> last = ServerStatus.condition(seen.server(), "Healthy");
            return new Say(
                    seen.phase(),
                    last.map(Condition::getReason).orElse("Ended"),
                    last.map(Condition::getMessage).orElse("nobody knows when"));
        }
        Duration left = Duration.between(seen.now(), ended.get().plus(times.keepFinished()));
        if (!left.isPositive()) {
            return new Remove();
        }
        if (!runsOn(seen)) {
            return new Keep(left);
        }
        Duration patience = Duration.between(seen.now(), ended.get().plus(times.stopWithin()));
        return patience.isPositive() ? new Keep(patience) : new EndRest();
    }

    private static ServerStep gone(Seen seen, PodSeen.Gone gone) {
        if (seen.heard() != null && seen.heard().givenUp() != null && PodSeen.hasRun(seen.pod())) {
            return givenUp(seen, seen.heard().givenUp());
        }
        Optional<Condition> started = ServerStatus.condition(seen.server(), "Started");
        boolean wasTakenAway = gone.reason().equals("PodGone") || gone.reason().equals("PodDeleted");
        if (wasTakenAway
                && started.filter(last -> "False".equals(last.getStatus()))
                        .filter(last -> !PodSeen.CREATED.equals(last.getReason()))
                        .isPresent()) {
            // What it waited for is why its director gave it up.
            return neverRan(
                    started.get().getReason(),
                    "its pod was deleted before it ran: " + started.get().getMessage());
        }
        return new End(gone.clean() ? ServerPhase.FINISHED : ServerPhase.FAILED, gone.reason(), gone.message());
    }

    private static ServerStep coming(Seen seen, PodSeen.Coming coming, Times times) {
        return isLate(seen, times)
                ? neverRan(
                        coming.reason().equals(PodSeen.CREATED) ? "Unschedulable" : coming.reason(),
                        "it did not start in time: " + coming.message())
                : new Say(ServerPhase.STARTING, coming.reason(), coming.message());
    }

    private static ServerStep neverRan(String reason, String message) {
        return reason.equals(PodSeen.MAKING)
                ? new NeverMade(reason, message)
                : new End(ServerPhase.FAILED, reason, message);
    }

    private static ServerStep running(Seen seen, Times times) {
        ServerView heard = seen.heard();
        if (heard != null && heard.givenUp() != null) {
            return givenUp(seen, heard.givenUp());
        }
        if (heard == null || heard.phase() == Phase.STARTING) {
            // Who has spoken before to another director is not late: this one has just begun to hear.
            return seen.phase() == ServerPhase.STARTING && isLate(seen, times)
                    ? new End(
                            ServerPhase.FAILED,
                            "NeverReady",
                            "its process runs, and did not say that it is ready in time")
                    : new Say(
                            seen.phase() == ServerPhase.STANDBY || seen.phase() == ServerPhase.IN_MATCH
                                    ? seen.phase()
                                    : ServerPhase.STARTING,
                            "Started",
                            "its process runs");
        }
        return heard.matchId() == null
                ? new Say(ServerPhase.STANDBY, "Standby", "it waits for a match")
                : new Say(ServerPhase.IN_MATCH, "InMatch", "it serves match " + heard.matchId());
    }

    /** Its director is ending it: that is why its pod goes, whatever the pod says in the end. */
    private static ServerStep givenUp(Seen seen, GivenUp givenUp) {
        return switch (givenUp.cause()) {
            case SILENT ->
                seen.isNodeLost()
                        ? new End(ServerPhase.FAILED, "NodeLost", "its node is lost, and " + givenUp.message())
                        : new End(ServerPhase.FAILED, "Silent", givenUp.message() + ": it hangs, or is cut off");
            case NEVER_READY -> new End(ServerPhase.FAILED, "NeverReady", "its process runs, and " + givenUp.message());
            case NOT_NEEDED -> new End(ServerPhase.FINISHED, "NotNeeded", givenUp.message());
        };
    }

    private static boolean runsOn(Seen seen) {
        Pod pod = seen.pod();
        return pod != null
                && ServerObjects.isOwned(pod, seen.server())
                && pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus() != null
                && "Running".equals(pod.getStatus().getPhase());
    }

    private static boolean isLate(Seen seen, Times times) {
        return seen.now().isAfter(seen.first().at().plus(times.startWithin()));
    }
}
