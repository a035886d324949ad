package dev.paddock.gameserver;

import dev.paddock.protocol.Heard;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.match.SeatPlayers;
import dev.paddock.protocol.server.Assignment;
import dev.paddock.protocol.server.Retire;
import dev.paddock.protocol.server.ServerEvent;
import dev.paddock.protocol.server.ServerReply;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A director, as one server sees it: it keeps what it is told and answers it, unless it is made deaf. */
public final class TestDirector implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Connection nats;
    private final String serverId;
    private final List<ServerEvent> told = new CopyOnWriteArrayList<>();
    private final Map<Class<?>, Instant> lastHeard = new ConcurrentHashMap<>();
    private volatile boolean deaf;

    public TestDirector(Connection nats, String serverId) throws Exception {
        this.nats = nats;
        this.serverId = serverId;
        Dispatcher dispatcher = nats.createDispatcher(this::hear);
        dispatcher.subscribe(Subjects.serverReady(serverId));
        dispatcher.subscribe(Subjects.serverHeartbeat(serverId));
        dispatcher.subscribe(Subjects.serverSeats(serverId));
        dispatcher.subscribe(Subjects.serverEnded(serverId));
        nats.flush(PATIENCE);
    }

    private void hear(Message message) {
        ServerEvent event = Json.read(message.getData(), ServerEvent.class);
        lastHeard.put(event.getClass(), Instant.now());
        told.add(event);
        if (message.getReplyTo() != null && !deaf) {
            nats.publish(message.getReplyTo(), Json.bytes(new Heard()));
        }
    }

    /** From now on nothing is answered. */
    public void beDeaf() {
        deaf = true;
    }

    public void hearAgain() {
        deaf = false;
    }

    public ServerReply assign(Assignment assignment) throws Exception {
        return request(Subjects.serverAssign(serverId), Json.bytes(assignment));
    }

    public ServerReply assignRaw(String json) throws Exception {
        return request(Subjects.serverAssign(serverId), json.getBytes(StandardCharsets.UTF_8));
    }

    public ServerReply seat(SeatPlayers players) throws Exception {
        return request(Subjects.serverSeat(serverId), Json.bytes(players));
    }

    public ServerReply retire() throws Exception {
        return request(Subjects.serverRetire(serverId), Json.bytes(new Retire("a test")));
    }

    private ServerReply request(String subject, byte[] data) throws Exception {
        Message answer = nats.request(subject, data, PATIENCE);
        return Json.read(
                Objects.requireNonNull(answer, "no answer to " + subject).getData(), ServerReply.class);
    }

    /** When the latest of that kind came. */
    public Instant heardAt(Class<? extends ServerEvent> type) {
        return Objects.requireNonNull(lastHeard.get(type), "never heard");
    }

    /** Everything of that kind so far. */
    public <T extends ServerEvent> List<T> told(Class<T> type) {
        return told.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void close() throws InterruptedException {
        nats.close();
    }
}
