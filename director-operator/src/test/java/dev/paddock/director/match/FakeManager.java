package dev.paddock.director.match;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.local.server.SharedServers;
import dev.paddock.protocol.Heard;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.match.Loadout;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.SeatPlayers;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import dev.paddock.protocol.match.StopMatch;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.mode.Region;
import dev.paddock.protocol.queue.Demand;
import dev.paddock.protocol.server.ServerReply;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A manager as a director sees one: it asks for servers and hears what became of its matches. */
final class FakeManager implements AutoCloseable {
    static final MatchLimits LIMITS =
            new MatchLimits(Duration.ofSeconds(10), 3, Duration.ofSeconds(30), Duration.ofMinutes(3));

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Connection connection;
    private final String region;
    private final List<MatchEvent> events = new CopyOnWriteArrayList<>();
    private volatile boolean deaf;

    FakeManager(String region) throws IOException, InterruptedException, TimeoutException {
        this(region, SharedServers.nats());
    }

    FakeManager(String region, SharedServers.Nats nats) throws IOException, InterruptedException, TimeoutException {
        this.region = region;
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

    /** One with a player and a key for join tokens, which a real game server wants to see. */
    StartMatch playable(String matchId) {
        ObjectNode keys = JsonNodeFactory.instance.objectNode();
        // The public key of RFC 7517, appendix A.1: nobody joins here.
        keys.putArray("keys")
                .addObject()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("x", "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4")
                .put("y", "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM");
        MatchPlayer player = new MatchPlayer("p1", "Ada", 0, new Loadout("street-one", List.of(), Map.of()));
        return new StartMatch(matchId, "drag-race", region, List.of(player), LIMITS, keys, 1, null);
    }

    StartMatch withOneMore(StartMatch match) {
        MatchPlayer player = new MatchPlayer("p2", "Bob", 0, new Loadout("street-one", List.of(), Map.of()));
        return new StartMatch(
                match.matchId(),
                match.mode(),
                match.region(),
                Stream.concat(match.players().stream(), Stream.of(player)).toList(),
                match.limits(),
                match.joinKeys(),
                match.attempt(),
                match.settledOn());
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
        return start(match, PATIENCE);
    }

    /** For a director that has many servers to start at once. */
    StartReply start(StartMatch match, Duration within) {
        return ask(Subjects.directorStart(region), Json.bytes(match), StartReply.class, within);
    }

    /** Asks again until a director answers, as managers do. */
    StartReply startPatiently(StartMatch match) throws InterruptedException {
        for (int asked = 0; asked < 20; asked++) {
            Message answer =
                    connection.request(Subjects.directorStart(region), Json.bytes(match), Duration.ofSeconds(1));
            if (answer != null && !answer.isStatusMessage()) {
                return Json.read(answer.getData(), StartReply.class);
            }
        }
        throw new AssertionError("no director answered for match " + match.matchId());
    }

    void tell(Demand demand) {
        connection.publish(Subjects.demand(demand.mode()), Json.bytes(demand));
    }

    StartReply say(String json) {
        return ask(Subjects.directorStart(region), json.getBytes(StandardCharsets.UTF_8), StartReply.class, PATIENCE);
    }

    Heard stop(String matchId, String serverId) {
        return ask(
                Subjects.directorStop(region),
                Json.bytes(new StopMatch(matchId, serverId, "test")),
                Heard.class,
                PATIENCE);
    }

    /** "These play in the match now." */
    ServerReply seat(StartMatch match, String serverId, int roster) {
        return ask(
                Subjects.directorSeat(region),
                Json.bytes(new SeatPlayers(match.matchId(), serverId, roster, match.players())),
                ServerReply.class,
                PATIENCE);
    }

    boolean hasKey(String bucket, String key) throws IOException, JetStreamApiException {
        return connection.keyValue(bucket).get(key) != null;
    }

    /** Whether a region says that a mode can be played there. */
    boolean has(String otherRegion, String mode) throws IOException, JetStreamApiException {
        KeyValueEntry entry = connection.keyValue("regions").get(otherRegion);
        return entry != null && Json.read(entry.getValue(), Region.class).has(mode);
    }

    <E extends MatchEvent> E await(String matchId, Class<E> type) {
        Awaitility.await(type.getSimpleName() + " of match " + matchId)
                .atMost(Duration.ofSeconds(60))
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

    private <T> T ask(String subject, byte[] json, Class<T> type, Duration within) {
        try {
            Message answer = connection.request(subject, json, within);
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
