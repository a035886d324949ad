package dev.paddock.director.operator;

import dev.paddock.crds.GameServer;
import dev.paddock.director.fleet.Phase;
import dev.paddock.director.fleet.ServerBook;
import dev.paddock.director.fleet.ServerView;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Servers that have said something new on NATS since the last look, so that their status is written; never for each heartbeat.
 * How many players are connected changes with each that comes or goes, and is looked at less often.
 */
final class Spoken {
    /** More than one heartbeat, so that all who come to a match are told in one write, or two. */
    static final Duration PLAYERS_EVERY = Duration.ofSeconds(3);

    private final SimpleInboundEventSource<GameServer> source = new SimpleInboundEventSource<>("spoken");
    private final ServerBook book;
    private final String namespace;
    private final InstantSource time;
    private Map<String, Said> before = Map.of();
    private Instant playersNext = Instant.MIN;

    Spoken(ServerBook book, String namespace, InstantSource time) {
        this.book = book;
        this.namespace = namespace;
        this.time = time;
    }

    EventSource<?, GameServer> source() {
        return source;
    }

    /** Tells whom it has found to the source. */
    void look() {
        changed(time.instant()).forEach(serverId -> source.propagateEvent(new ResourceID(serverId, namespace)));
    }

    Set<String> changed(Instant now) {
        boolean countsPlayers = !now.isBefore(playersNext);
        if (countsPlayers) {
            playersNext = now.plus(PLAYERS_EVERY);
        }
        Map<String, Said> last = before;
        before = book.mine().stream()
                .collect(Collectors.toMap(
                        ServerView::serverId, view -> Said.of(view, countsPlayers ? null : last.get(view.serverId()))));
        return before.entrySet().stream()
                .filter(said -> !said.getValue().equals(last.get(said.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private record Said(Phase phase, @Nullable String matchId, Map<String, Integer> ports, int connected) {
        /** @param last whose players count; null: those of now */
        static Said of(ServerView view, @Nullable Said last) {
            int connected = last == null ? view.connected() : last.connected();
            return new Said(view.phase(), view.matchId(), view.ports(), connected);
        }
    }
}
