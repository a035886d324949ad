package dev.paddock.director.match;

import dev.paddock.director.key.ServerKey;
import dev.paddock.protocol.Heard;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.SeatPlayers;
import dev.paddock.protocol.server.Assignment;
import dev.paddock.protocol.server.ServerConfig;
import dev.paddock.protocol.server.ServerEvent;
import dev.paddock.protocol.server.ServerReply;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A game server that keeps the contract of DESIGN 4.4 and plays nothing: what a director sees of one. Runs in a thread of
 * a test, or by {@link #main} as a process. It behaves as told.
 */
public final class FakeServer implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Connection connection;
    private final ServerConfig config;
    private final String pin;
    private final Behaviour behaviour;
    private final AtomicReference<String> match = new AtomicReference<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread heart;

    /** How it treats a match. */
    public enum Behaviour {
        /** Accepts, gets ready; ends it when told. */
        GOOD,
        /** Answers no {@code assign}. */
        SILENT,
        /** Refuses every match. */
        REFUSES,
        /** Accepts, and never gets ready. */
        NEVER_READY
    }

    FakeServer(Path folder, Behaviour behaviour) throws IOException, InterruptedException {
        this.config = Json.read(Files.readString(folder.resolve("server.json")), ServerConfig.class);
        this.pin = ServerKey.pinOf(Files.readString(folder.resolve("public.pem")));
        this.behaviour = behaviour;
        Options.Builder options = Options.builder()
                .server(config.natsUrl())
                .inboxPrefix(Subjects.serverInbox(config.serverId()))
                .connectionTimeout(Duration.ofSeconds(20))
                .maxReconnects(-1);
        Path creds = folder.resolve("nats.creds");
        if (Files.exists(creds)) {
            options.authHandler(Nats.credentials(creds.toString()));
        }
        // Patient, as many that start at once make each other slow.
        this.connection = Nats.connectReconnectOnConnect(options.build());
        Dispatcher dispatcher = connection.createDispatcher();
        dispatcher.subscribe(Subjects.serverAssign(config.serverId()), this::assign);
        dispatcher.subscribe(Subjects.serverSeat(config.serverId()), this::seat);
        dispatcher.subscribe(Subjects.serverRetire(config.serverId()), this::retire);
        Path cold = folder.resolve("assignment.json");
        if (Files.exists(cold)) {
            match.set(Json.read(Files.readString(cold), Assignment.class).matchId());
        }
        this.heart = Thread.ofVirtual().start(this::live);
    }

    /** As a process: one argument, the behaviour. */
    public static void main(String[] args) throws IOException, InterruptedException {
        FakeServer server = new FakeServer(Path.of(System.getenv("PADDOCK_DIR")), Behaviour.valueOf(args[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        server.over.await();
        Runtime.getRuntime().halt(0);
    }

    /** Ends its match, and waits until that was heard. */
    void end(Duration within) {
        MatchResult result = new MatchResult(MatchResult.Outcome.ABANDONED, List.of());
        String matchId = match.get();
        say(
                Subjects.serverEnded(config.serverId()),
                new ServerEvent.Ended(config.serverId(), config.mode(), matchId, result, Instant.now()),
                within);
        over.countDown();
    }

    @Override
    public void close() {
        heart.interrupt();
        over.countDown();
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void assign(Message message) {
        Assignment assignment = Json.read(message.getData(), Assignment.class);
        switch (behaviour) {
            case SILENT -> {
                // That is its behaviour.
            }
            case REFUSES -> answer(message, new ServerReply.Refused(config.serverId(), "retiring"));
            case GOOD, NEVER_READY -> {
                boolean fresh = match.compareAndSet(null, assignment.matchId());
                if (!fresh && !assignment.matchId().equals(match.get())) {
                    answer(message, new ServerReply.Refused(config.serverId(), "has-another-match"));
                    return;
                }
                answer(message, new ServerReply.Accepted(config.serverId()));
                if (behaviour == Behaviour.GOOD && fresh) {
                    Thread.startVirtualThread(this::ready);
                }
            }
        }
    }

    /** Takes whoever comes, and says that two more may. */
    private void seat(Message message) {
        SeatPlayers wanted = Json.read(message.getData(), SeatPlayers.class);
        answer(message, new ServerReply.Accepted(config.serverId()));
        List<String> players =
                wanted.players().stream().map(MatchPlayer::playerId).toList();
        ServerEvent.Seats seats = new ServerEvent.Seats(
                config.serverId(),
                config.mode(),
                wanted.matchId(),
                1,
                wanted.roster(),
                List.of(0, 2),
                players,
                Instant.now());
        Thread.startVirtualThread(() -> say(Subjects.serverSeats(config.serverId()), seats, Duration.ofMinutes(1)));
    }

    private void retire(Message message) {
        answer(message, new ServerReply.Accepted(config.serverId()));
        if (match.get() == null) {
            over.countDown();
        }
    }

    private void live() {
        ready();
        try {
            while (!over.await(2, TimeUnit.SECONDS)) {
                connection.publish(
                        Subjects.serverHeartbeat(config.serverId()),
                        Json.bytes(new ServerEvent.Heartbeat(
                                config.serverId(),
                                config.mode(),
                                loaded(),
                                loaded() != null,
                                Map.of("tcp", 40123),
                                pin,
                                0,
                                Instant.now())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ready() {
        say(
                Subjects.serverReady(config.serverId()),
                new ServerEvent.Ready(
                        config.serverId(), config.mode(), loaded(), Map.of("tcp", 40123), pin, Instant.now()),
                Duration.ofMinutes(1));
    }

    private String loaded() {
        return behaviour == Behaviour.NEVER_READY ? null : match.get();
    }

    /** Says it every half second until it is heard. */
    private void say(String subject, Object event, Duration within) {
        long until = System.nanoTime() + within.toNanos();
        while (System.nanoTime() < until && over.getCount() > 0) {
            try {
                Message answer = connection.request(subject, Json.bytes(event)).get(500, TimeUnit.MILLISECONDS);
                Json.read(answer.getData(), Heard.class);
                return;
            } catch (ExecutionException | TimeoutException | CancellationException e) {
                // Not heard, or there is no director at this moment (jnats then cancels): again.
                LockSupport.parkNanos(PAUSE.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void answer(Message message, ServerReply reply) {
        connection.publish(message.getReplyTo(), Json.bytes(reply));
    }
}
