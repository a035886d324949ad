package dev.paddock.director.operator;

import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerStatus;
import dev.paddock.crds.ServerPhase;
import dev.paddock.director.backend.Placement;
import dev.paddock.director.fleet.ServerView;
import dev.paddock.director.key.PublicKey;
import dev.paddock.director.kubernetes.PodSeen;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The status of a server in words and figures that {@code kubectl} shows. */
final class ServerStatus {
    private ServerStatus() {}

    /**
     * @param placement what the cluster says of it; null: it is not there any more
     * @param reason and message: of the condition that the phase is about
     */
    static GameServerStatus of(
            ServerStep.Seen seen, @Nullable Placement placement, ServerPhase phase, String reason, String message) {
        Optional<GameServerStatus> before = Optional.ofNullable(seen.server().getStatus());
        Optional<ServerView> heard = Optional.ofNullable(seen.heard());
        Optional<Placement> placed = Optional.ofNullable(placement);
        Optional<PublicKey> key = heard.map(ServerView::key).or(() -> placed.flatMap(Placement::onlyKey));
        return new GameServerStatus(
                phase,
                placed.map(Placement::host)
                        .or(() -> before.map(GameServerStatus::address))
                        .orElse(null),
                heard.map(ServerView::ports)
                        .filter(ports -> !ports.isEmpty())
                        .or(() -> before.map(GameServerStatus::ports))
                        .orElse(null),
                node(seen.pod()).or(() -> before.map(GameServerStatus::node)).orElse(null),
                matchId(seen, before),
                phase.isEnd() ? 0 : heard.map(ServerView::connected).orElse(0),
                key.map(PublicKey::pem)
                        .or(() -> before.map(GameServerStatus::publicKey))
                        .orElse(null),
                key.map(PublicKey::sha256)
                        .or(() -> before.map(GameServerStatus::publicKeySha256))
                        .orElse(null),
                phase.isEnd()
                        ? endedAt(seen.server(), seen.now()).orElse(seen.now()).toString()
                        : null,
                seen.server().getMetadata().getGeneration(),
                conditions(seen, before, phase, reason, message));
    }

    static ServerPhase phase(GameServer server) {
        return Optional.ofNullable(server.getStatus())
                .map(GameServerStatus::phase)
                .orElse(ServerPhase.PENDING);
    }

    static Optional<Condition> condition(GameServer server, String type) {
        return Stream.ofNullable(server.getStatus())
                .flatMap(status -> Stream.ofNullable(status.conditions()))
                .flatMap(List::stream)
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    /** When it ended; empty: it has not, or what is written there is no time that has been. */
    static Optional<Instant> endedAt(GameServer server, Instant now) {
        String written = phase(server).isEnd() && server.getStatus() != null
                ? server.getStatus().endedAt()
                : null;
        if (written == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(written)).filter(ended -> !ended.isAfter(now));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String matchId(ServerStep.Seen seen, Optional<GameServerStatus> before) {
        return Optional.ofNullable(seen.heard())
                .map(ServerView::matchId)
                .or(() -> before.map(GameServerStatus::matchId))
                .or(() -> Optional.ofNullable(seen.server().getSpec().matchId()))
                .orElse(null);
    }

    private static Optional<String> node(@Nullable Pod pod) {
        return Optional.ofNullable(pod).map(present -> present.getSpec().getNodeName());
    }

    private static List<Condition> conditions(
            ServerStep.Seen seen, Optional<GameServerStatus> before, ServerPhase phase, String reason, String message) {
        Conditions now = new Conditions(
                before.map(GameServerStatus::conditions).orElse(null),
                seen.server().getMetadata(),
                seen.now());
        boolean ready = phase == ServerPhase.STANDBY || phase == ServerPhase.IN_MATCH;
        boolean started = ready || PodSeen.hasRun(seen.pod());
        return List.of(
                now.condition("Started", started || now.wasTrue("Started"), reason, message),
                now.condition("Ready", ready, reason, message),
                now.condition("InMatch", phase == ServerPhase.IN_MATCH, reason, message),
                now.condition("Healthy", phase != ServerPhase.FAILED, reason, message));
    }
}
