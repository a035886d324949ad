package dev.paddock.director.operator;

import dev.paddock.crds.GameMode;
import dev.paddock.crds.GameModeStatus;
import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerStatus;
import dev.paddock.crds.ServerPhase;
import dev.paddock.director.kubernetes.Labels;
import dev.paddock.director.mode.KnownMode;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status of a mode, from its servers. */
final class ModeStatus {
    private ModeStatus() {}

    /**
     * @param wanted how many servers should wait
     * @param queued tickets that wait; null: nobody has said so lately
     */
    record Played(int wanted, @Nullable Integer queued) {}

    static GameModeStatus of(GameMode mode, KnownMode known, Played played, List<GameServer> servers, Instant now) {
        List<GameServer> standbys = in(servers, ServerPhase.STANDBY);
        List<GameServer> inMatch = in(servers, ServerPhase.IN_MATCH);
        int players = inMatch.stream()
                .map(server -> Objects.requireNonNull(server.getStatus()).players())
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .sum();
        Conditions conditions = new Conditions(
                Optional.ofNullable(mode.getStatus())
                        .map(GameModeStatus::conditions)
                        .orElse(null),
                mode.getMetadata(),
                now);
        return new GameModeStatus(
                players,
                standbys.size(),
                inMatch.size(),
                played.queued(),
                null,
                mode.getMetadata().getGeneration(),
                List.of(
                        conditions.condition("Ready", true, "Published", "it can be played"),
                        standbySufficient(conditions, known, played.wanted(), servers),
                        rolloutComplete(conditions, known, played.wanted(), servers)));
    }

    private static Condition standbySufficient(
            Conditions conditions, KnownMode known, int wanted, List<GameServer> servers) {
        long standbys = standbys(known, servers);
        if (standbys >= wanted) {
            return conditions.condition(
                    "StandbySufficient", true, "Sufficient", "%d of %d wait".formatted(standbys, wanted));
        }
        String why = lastFailure(known, servers)
                .map(failure -> "; the last that failed: " + failure)
                .orElse("");
        return conditions.condition(
                "StandbySufficient",
                false,
                why.isEmpty() ? "Starting" : "ServersFail",
                "%d of %d wait%s".formatted(standbys, wanted, why));
    }

    private static Condition rolloutComplete(
            Conditions conditions, KnownMode known, int wanted, List<GameServer> servers) {
        KnownMode next = known.next();
        if (next != null) {
            String waits = "%d of %d servers of the new template wait, matches get the old one"
                    .formatted(standbys(next, servers), wanted);
            return lastFailure(next, servers)
                    .map(failure -> conditions.condition(
                            "RolloutComplete", false, "Stopped", waits + "; the last that failed: " + failure))
                    .orElseGet(() -> conditions.condition("RolloutComplete", false, "RollingOut", waits));
        }
        long old = servers.stream()
                .filter(server -> !phase(server).isEnd())
                .filter(server -> !isOf(known, server))
                .count();
        return old == 0
                ? conditions.condition("RolloutComplete", true, "Complete", "all servers are of this template")
                : conditions.condition(
                        "RolloutComplete", false, "OldServers", old + " servers of an older template are left");
    }

    private static long standbys(KnownMode known, List<GameServer> servers) {
        return in(servers, ServerPhase.STANDBY).stream()
                .filter(server -> isOf(known, server))
                .count();
    }

    /** What the newest of them said that could not start; those that have played do not matter here. */
    private static Optional<String> lastFailure(KnownMode known, List<GameServer> servers) {
        return in(servers, ServerPhase.FAILED).stream()
                .filter(server -> isOf(known, server))
                .max(Comparator.comparing(server -> server.getMetadata().getCreationTimestamp()))
                .map(GameServer::getStatus)
                .map(GameServerStatus::conditions)
                .flatMap(all -> all.stream()
                        .filter(condition -> "Healthy".equals(condition.getType()))
                        .findFirst())
                .map(condition -> condition.getReason() + ", " + condition.getMessage());
    }

    private static List<GameServer> in(List<GameServer> servers, ServerPhase phase) {
        return servers.stream().filter(server -> phase(server) == phase).toList();
    }

    private static ServerPhase phase(GameServer server) {
        return Optional.ofNullable(server.getStatus())
                .map(GameServerStatus::phase)
                .orElse(ServerPhase.PENDING);
    }

    private static boolean isOf(KnownMode known, GameServer server) {
        Map<String, String> labels = server.getMetadata().getLabels();
        return labels != null && known.template().equals(labels.get(Labels.TEMPLATE));
    }
}
