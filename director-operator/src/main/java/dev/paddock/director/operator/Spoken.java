package dev.paddock.director.operator;

import dev.paddock.crds.GameServer;
import dev.paddock.director.fleet.ServerBook;
import dev.paddock.director.fleet.ServerView;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Servers that have said something new on NATS since the last look, so that their status is written; never for each heartbeat. */
final class Spoken {
    private final SimpleInboundEventSource<GameServer> source = new SimpleInboundEventSource<>("spoken");
    private final ServerBook book;
    private final String namespace;
    private Map<String, Said> before = new HashMap<>();

    Spoken(ServerBook book, String namespace) {
        this.book = book;
        this.namespace = namespace;
    }

    EventSource<?, GameServer> source() {
        return source;
    }

    void look() {
        Map<String, Said> now =
                book.mine().stream().collect(Collectors.toMap(ServerView::serverId, view -> new Said(view)));
        Set<String> changed = now.entrySet().stream()
                .filter(server -> !server.getValue().equals(before.get(server.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        before = now;
        changed.forEach(serverId -> source.propagateEvent(new ResourceID(serverId, namespace)));
    }

    private record Said(Enum<?> phase, String matchId, Map<String, Integer> ports, int connected) {
        Said(ServerView view) {
            this(view.phase(), String.valueOf(view.matchId()), view.ports(), view.connected());
        }
    }
}
