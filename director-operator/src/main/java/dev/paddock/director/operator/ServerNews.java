package dev.paddock.director.operator;

import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerStatus;
import dev.paddock.crds.ServerPhase;
import dev.paddock.director.kubernetes.PodSeen;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells of a server's new status: people by Events, dashboards by meters. */
final class ServerNews {
    /** What a server waits for when all goes well; anything else that it waits for, somebody may have to mend. */
    static final Set<String> USUAL = Set.of(PodSeen.CREATED, PodSeen.MAKING, "Started", "Standby", "InMatch");

    private static final int REMEMBERED = 10_000;

    private final Happenings happenings;
    private final OperatorMeters meters;
    private final SequencedSet<String> counted = new LinkedHashSet<>();

    ServerNews(Happenings happenings, OperatorMeters meters) {
        this.happenings = happenings;
        this.meters = meters;
    }

    /** Of a status that is written. */
    void tell(ServerStep.Seen seen, GameServerStatus now) {
        Happening.between(before(seen), now.conditions(), condition -> isTrouble(now, condition))
                .forEach(happening -> happenings.say(seen.server(), happening));
    }

    /** Of one that is seen, whether it is written or waits to be. */
    void count(ServerStep.Seen seen, GameServerStatus now) {
        GameServer server = seen.server();
        @Nullable List<Condition> before = before(seen);
        if (now.phase() == ServerPhase.FAILED && seen.phase() != ServerPhase.FAILED && isFirst(server, "failed")) {
            meters.failed(reason(now));
        }
        if (seen.first().isNew()) {
            Duration took = Duration.between(seen.first().at(), seen.now());
            if (isTrue(now.conditions(), "Started") && !isTrue(before, "Started") && isFirst(server, "started")) {
                meters.began("started", took);
            }
            if (isTrue(now.conditions(), "Ready") && !isTrue(before, "Ready") && isFirst(server, "ready")) {
                meters.began("ready", took);
            }
        }
    }

    private static @Nullable List<Condition> before(ServerStep.Seen seen) {
        GameServerStatus status = seen.server().getStatus();
        return status == null ? null : status.conditions();
    }

    /** A watch may be behind what was just written: then the same is said again, and must not be counted again. */
    private synchronized boolean isFirst(GameServer server, String what) {
        boolean isNew = counted.add(what + " " + server.getMetadata().getUid());
        if (counted.size() > REMEMBERED) {
            counted.removeFirst();
        }
        return isNew;
    }

    private static boolean isTrouble(GameServerStatus status, Condition condition) {
        return condition.getType().equals("Healthy")
                && status.phase() != ServerPhase.FINISHED
                && !USUAL.contains(condition.getReason());
    }

    private static boolean isTrue(@Nullable List<Condition> conditions, String type) {
        return conditions != null
                && conditions.stream()
                        .anyMatch(condition -> condition.getType().equals(type)
                                && condition.getStatus().equals("True"));
    }

    private static String reason(GameServerStatus status) {
        return status.conditions() == null || status.conditions().isEmpty()
                ? "Unknown"
                : status.conditions().getFirst().getReason();
    }
}
