package dev.paddock.director.match;

import dev.paddock.local.server.SharedServers;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.server.ServerEvent;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/** Hears what servers themselves say of their matches, whatever the directors believe; answers nothing. */
final class ServerWitness implements AutoCloseable {
    private final Connection connection;
    private final Map<String, Set<String>> serversByMatch = new ConcurrentHashMap<>();

    ServerWitness() throws IOException, InterruptedException, TimeoutException {
        SharedServers.Nats nats = SharedServers.nats();
        connection = Nats.connect(Options.builder()
                .server(nats.url())
                .authHandler(Nats.credentials(nats.directorCreds().toString()))
                .build());
        Dispatcher dispatcher = connection.createDispatcher(this::hear);
        dispatcher.subscribe(Subjects.ALL_SERVER_READY);
        dispatcher.subscribe(Subjects.ALL_SERVER_HEARTBEAT);
        connection.flush(Duration.ofSeconds(2));
    }

    /** The servers that said that they have this match. */
    Set<String> serversOf(String matchId) {
        return Set.copyOf(serversByMatch.getOrDefault(matchId, Set.of()));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(Message message) {
        switch (Json.read(message.getData(), ServerEvent.class)) {
            case ServerEvent.Ready ready -> serves(ready.serverId(), ready.matchId());
            case ServerEvent.Heartbeat heartbeat -> serves(heartbeat.serverId(), heartbeat.matchId());
            case ServerEvent.Seats seats -> serves(seats.serverId(), seats.matchId());
            case ServerEvent.Ended ended -> serves(ended.serverId(), ended.matchId());
        }
    }

    private void serves(String serverId, String matchId) {
        if (matchId != null) {
            serversByMatch
                    .computeIfAbsent(matchId, id -> ConcurrentHashMap.newKeySet())
                    .add(serverId);
        }
    }
}
