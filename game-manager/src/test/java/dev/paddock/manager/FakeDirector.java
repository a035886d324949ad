package dev.paddock.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.local.server.SharedServers;
import dev.paddock.protocol.Heard;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.match.Endpoint;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.SeatPlayers;
import dev.paddock.protocol.match.Standing;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import dev.paddock.protocol.match.StopMatch;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Mode;
import dev.paddock.protocol.mode.Region;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import dev.paddock.protocol.queue.Demand;
import dev.paddock.protocol.server.ServerReply;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A director with one region and one mode of its own, on the real NATS with the real subjects and records; what it
 * answers is up to the test. Its servers do not exist.
 */
public final class FakeDirector implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MOST_TRIES = 40;

    private final Connection connection;
    private final Dispatcher dispatcher;
    private final Mode mode;
    private final String region;
    private final BlockingQueue<StartMatch> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<StopMatch> stopped = new LinkedBlockingQueue<>();
    private final BlockingQueue<SeatPlayers> seated = new LinkedBlockingQueue<>();
    private final List<Demand> demands = new CopyOnWriteArrayList<>();
    private final List<StartMatch> all = new CopyOnWriteArrayList<>();
    private volatile Function<StartMatch, @Nullable StartReply> answers;
    private volatile Function<SeatPlayers, @Nullable ServerReply> seats =
            request -> new ServerReply.Accepted(request.serverId());

    /** Answers every {@code start} with a standby server, which says nothing by itself. */
    public FakeDirector(SharedServers.Nats nats, MatchLimits limits) {
        this(
                nats,
                limits,
                new MatchingRules(
                        new Teams(2, 1), new Window(100, 10, 500), new Window(100, 10, 500), Duration.ofMinutes(5)));
    }

    /** The same, with a mode that has these rules. */
    public FakeDirector(SharedServers.Nats nats, MatchLimits limits, MatchingRules rules) {
        String id = Id.next(RANDOM);
        this.region = "region-" + id;
        this.mode = new Mode("mode-" + id, rules, limits);
        this.answers = start -> new StartReply.Assigned(server(start), true, Instant.now());
        try {
            this.connection = Nats.connect(Options.builder()
                    .server(nats.url())
                    .authHandler(Nats.credentials(nats.directorCreds().toString()))
                    .build());
            put(Subjects.MODES_BUCKET, mode.name(), mode);
            put(Subjects.REGIONS_BUCKET, region, new Region(region, null, null));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        this.dispatcher = connection.createDispatcher(this::hear);
        connection
                .createDispatcher(message -> demands.add(Json.read(message.getData(), Demand.class)))
                .subscribe(Subjects.demand(mode.name()));
        come();
    }

    public static MatchLimits limits(Duration readyWithin, int tries) {
        return new MatchLimits(readyWithin, tries, Duration.ofSeconds(30), Duration.ofMinutes(5));
    }

    public Mode mode() {
        return mode;
    }

    public String region() {
        return region;
    }

    /** All that was told of the mode. */
    public List<Demand> demands() {
        return List.copyOf(demands);
    }

    /** Null: no answer. */
    public void answer(Function<StartMatch, @Nullable StartReply> how) {
        answers = how;
    }

    /** What the servers say to those who would join; null: nothing. */
    public void answerSeats(Function<SeatPlayers, @Nullable ServerReply> how) {
        seats = how;
    }

    /** The next {@code seat} that nobody has looked at yet. */
    public SeatPlayers nextSeated() {
        return next(seated, "seat");
    }

    public int timesSeated() {
        return seated.size();
    }

    /** Nobody listens to {@code start} and {@code stop} any more. */
    public void leave() {
        dispatcher.unsubscribe(Subjects.directorStart(region));
        dispatcher.unsubscribe(Subjects.directorStop(region));
        dispatcher.unsubscribe(Subjects.directorSeat(region));
        flush();
    }

    public void come() {
        dispatcher.subscribe(Subjects.directorStart(region), Subjects.DIRECTORS);
        dispatcher.subscribe(Subjects.directorStop(region), Subjects.DIRECTORS);
        dispatcher.subscribe(Subjects.directorSeat(region), Subjects.DIRECTORS);
        flush();
    }

    /** The next {@code start} that nobody has looked at yet. */
    public StartMatch nextAsked() {
        return next(asked, "start");
    }

    public StopMatch nextStopped() {
        return next(stopped, "stop");
    }

    public int timesAsked() {
        return all.size();
    }

    /** Ids of the matches that a server was asked for, or about. */
    public Set<String> matchesAsked() {
        return all.stream().map(StartMatch::matchId).collect(Collectors.toSet());
    }

    public int timesStopped() {
        return stopped.size();
    }

    /** Says an event until a manager has heard it. */
    public void say(MatchEvent event) {
        String subject = switch (event) {
            case MatchEvent.Ready ready -> Subjects.matchReady(ready.matchId());
            case MatchEvent.Seats seats -> Subjects.matchSeats(seats.matchId());
            case MatchEvent.Ended ended -> Subjects.matchEnded(ended.matchId());
            case MatchEvent.Failed failed -> Subjects.matchFailed(failed.matchId());
        };
        assertThat(isHeard(subject, Json.bytes(event)))
                .as("a manager heard " + event)
                .isTrue();
    }

    /** Says something once; whether a manager answered. */
    public boolean isHeardOnce(String subject, byte[] event) {
        try {
            Message answer = connection.request(subject, event, Duration.ofMillis(500));
            return answer != null
                    && !answer.isStatusMessage()
                    && new Heard().equals(Json.read(answer.getData(), Heard.class));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The id of the server that this director has for an attempt at a match. */
    public static String server(StartMatch start) {
        return "server-" + start.matchId() + "-" + start.attempt();
    }

    public static MatchEvent.Ready ready(StartMatch start, String serverId) {
        Instant now = Instant.now();
        return new MatchEvent.Ready(
                start.matchId(),
                start.mode(),
                serverId,
                new Endpoint("203.0.113.7", Map.of("tcp", 40123), "a key of " + serverId, "its hash"),
                Map.of(Stop.ASSIGNED, now, Stop.READY, now));
    }

    /** The first player won. */
    public static MatchEvent.Ended ended(StartMatch start, String serverId) {
        List<Standing> standings = new ArrayList<>();
        start.players()
                .forEach(player -> standings.add(
                        new Standing(player.playerId(), standings.size() + 1, null, Map.of("seconds", 12.5))));
        return new MatchEvent.Ended(
                start.matchId(),
                start.mode(),
                serverId,
                new MatchResult(MatchResult.Outcome.FINISHED, standings),
                Instant.now());
    }

    /** Its mode can be queued for no more. */
    public void withdraw() {
        try {
            connection.keyValue(Subjects.MODES_BUCKET).delete(mode.name());
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            withdraw();
            connection.keyValue(Subjects.REGIONS_BUCKET).delete(region);
            connection.close();
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isHeard(String subject, byte[] event) {
        for (int i = 0; i < MOST_TRIES; i++) {
            if (isHeardOnce(subject, event)) {
                return true;
            }
        }
        return false;
    }

    private void hear(Message message) {
        if (message.getSubject().endsWith(".stop")) {
            stopped.add(Json.read(message.getData(), StopMatch.class));
            connection.publish(message.getReplyTo(), Json.bytes(new Heard()));
            return;
        }
        if (message.getSubject().endsWith(".seat")) {
            SeatPlayers request = Json.read(message.getData(), SeatPlayers.class);
            ServerReply said = seats.apply(request);
            if (said != null) {
                connection.publish(message.getReplyTo(), Json.bytes(said));
            }
            seated.add(request);
            return;
        }
        StartMatch start = Json.read(message.getData(), StartMatch.class);
        StartReply reply = answers.apply(start);
        if (reply != null) {
            connection.publish(message.getReplyTo(), Json.bytes(reply));
        }
        all.add(start);
        asked.add(start);
    }

    private void put(String bucket, String key, Object value) throws IOException {
        try {
            connection
                    .keyValueManagement()
                    .create(KeyValueConfiguration.builder()
                            .name(bucket)
                            .storageType(StorageType.Memory)
                            .build());
        } catch (JetStreamApiException e) {
            // Another test has made it, perhaps otherwise.
            assertThat(e.getMessage()).contains("already in use");
        }
        try {
            connection.keyValue(bucket).put(key, Json.bytes(value));
        } catch (JetStreamApiException e) {
            throw new IOException(e);
        }
    }

    private void flush() {
        try {
            connection.flush(Duration.ofSeconds(2));
        } catch (java.util.concurrent.TimeoutException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T next(BlockingQueue<T> queue, String what) {
        try {
            T next = queue.poll(15, TimeUnit.SECONDS);
            assertThat(next).as("the director was told to " + what).isNotNull();
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
