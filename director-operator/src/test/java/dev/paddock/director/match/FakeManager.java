package dev.paddock.director.match;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paddock.local.server.SharedServers;
import dev.paddock.protocol.Heard;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import dev.paddock.protocol.match.StopMatch;
import dev.paddock.protocol.mode.MatchLimits;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** A manager as a director sees one: it asks for servers and hears what became of its matches. */
final class FakeManager implements AutoCloseable {
    static final MatchLimits LIMITS =
            new MatchLimits(Duration.ofSeconds(10), 3, Duration.ofSeconds(30), Duration.ofMinutes(3));

    private final Connection connection;
    private final String region;
    private final List<MatchEvent> events = new CopyOnWriteArrayList<>();
    private volatile boolean deaf;

    FakeManager(String region) throws IOException, InterruptedException, TimeoutException {
        this.region = region;
        SharedServers.Nats nats = SharedServers.nats();
        connection = Nats.connect(Options.builder()
                .server(nats.url())
                .authHandler(Nats.credentials(nats.managerCreds().toString()))
                .build());
        connection.createDispatcher(this::hear).subscribe(Subjects.ALL_MATCH_EVENTS, Subjects.MANAGERS + region);
        connection.flush(Duration.ofSeconds(2));
    }

    /** Whether it answers what it hears. */
    void deaf(boolean isDeaf) {
        deaf = isDeaf;
    }

    StartMatch match(String matchId) {
        return new StartMatch(
                matchId, "drag-race", region, List.of(), LIMITS, JsonNodeFactory.instance.objectNode(), 1, null);
    }

    StartMatch again(StartMatch match, int attempt, String settledOn) {
        return new StartMatch(
                match.matchId(),
                match.mode(),
                match.region(),
                match.players(),
                match.limits(),
                match.joinKeys(),
                attempt,
                settledOn);
    }

    StartReply start(StartMatch match) {
        return ask(Subjects.directorStart(region), Json.bytes(match), StartReply.class);
    }

    StartReply say(String json) {
        return ask(Subjects.directorStart(region), json.getBytes(StandardCharsets.UTF_8), StartReply.class);
    }

    Heard stop(String matchId, String serverId) {
        return ask(Subjects.directorStop(region), Json.bytes(new StopMatch(matchId, serverId, "test")), Heard.class);
    }

    boolean hasKey(String bucket, String key) throws IOException, JetStreamApiException {
        return connection.keyValue(bucket).get(key) != null;
    }

    <E extends MatchEvent> E await(String matchId, Class<E> type) {
        Awaitility.await(type.getSimpleName() + " of match " + matchId)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !heard(matchId, type).isEmpty());
        return heard(matchId, type).getFirst();
    }

    <E extends MatchEvent> List<E> heard(String matchId, Class<E> type) {
        return events.stream()
                .filter(event -> event.matchId().equals(matchId))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T ask(String subject, byte[] json, Class<T> type) {
        try {
            Message answer = connection.request(subject, json, Duration.ofSeconds(5));
            if (answer == null || answer.isStatusMessage()) {
                throw new AssertionError("no answer on " + subject);
            }
            return Json.read(answer.getData(), type);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private void hear(Message message) {
        if (deaf) {
            return;
        }
        events.add(Json.read(message.getData(), MatchEvent.class));
        connection.publish(message.getReplyTo(), Json.bytes(new Heard()));
    }
}
