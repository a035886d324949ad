package dev.paddock.swarm;

import dev.paddock.protocol.Heard;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.SeatPlayers;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import dev.paddock.protocol.match.StopMatch;
import dev.paddock.protocol.mode.Mode;
import dev.paddock.protocol.mode.Region;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.server.ServerReply;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A region: the director's side of its contract with the managers, and the servers behind it, each with one match and
 * gone after it. It answers {@code start} and {@code stop}, publishes mode and region, and says what became of a match
 * until a manager has heard it. Its {@link Temper} decides how often a server never gets ready, dies, or is spoken of
 * twice and in another order.
 *
 * <p>It stands for the director and its servers and is neither: nothing is started, nobody can connect, players do not
 * join. What it shows is how managers behave; the real director has tests of its own.
 *
 * <p>Its choices follow from the seed and from a match's id, so they do not depend on which thread is first.
 */
public final class Swarm implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Swarm.class);

    /** How long a director waits for an answer, how long it rests before it asks again, and for how long in all. */
    private static final Duration ONE_ANSWER = Duration.ofSeconds(2);

    private static final Duration REST = Duration.ofMillis(500);

    /** The longest time between two sayings of what is free. */
    private static final Duration SEATS_EVERY = Duration.ofMillis(400);

    private static final Duration SAYS_FOR = Duration.ofMinutes(3);

    private final Connection connection;
    private final Temper temper;
    private final long seed;
    private final InstantSource clock;
    private final Consumer<SwarmEvent> log;
    private final Bucket bucket;
    private final Map<String, Mode> modes;
    private final Map<String, SwarmServer> latest = new ConcurrentHashMap<>();
    private final Map<String, SwarmServer> servers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private Swarm(
            Place place, List<Mode> modes, Temper temper, long seed, InstantSource clock, Consumer<SwarmEvent> log) {
        this.connection = place.connect();
        this.modes = modes.stream().collect(Collectors.toMap(Mode::name, mode -> mode));
        this.temper = temper;
        this.seed = seed;
        this.clock = clock;
        this.log = log;
        this.bucket = new Bucket(connection);
    }

    /**
     * Returns when managers can learn of modes and region, and ask.
     *
     * @param log is told what happens, from many threads
     */
    public static Swarm start(
            Place place, List<Mode> modes, Temper temper, long seed, InstantSource clock, Consumer<SwarmEvent> log) {
        Swarm swarm = new Swarm(place, modes, temper, seed, clock, log);
        Dispatcher dispatcher = swarm.connection.createDispatcher();
        dispatcher.subscribe(Subjects.directorStart(place.region()), Subjects.DIRECTORS, swarm::hearStart);
        dispatcher.subscribe(Subjects.directorStop(place.region()), Subjects.DIRECTORS, swarm::hearStop);
        dispatcher.subscribe(Subjects.directorSeat(place.region()), Subjects.DIRECTORS, swarm::hearSeat);
        swarm.bucket.keep(Subjects.REGIONS_BUCKET, place.region(), new Region(place.region(), null, null));
        modes.forEach(mode -> swarm.bucket.keep(Subjects.MODES_BUCKET, mode.name(), mode));
        return swarm;
    }

    @Override
    public void close() {
        closed = true;
        bucket.close();
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hearStart(Message message) {
        StartMatch start = Json.read(message.getData(), StartMatch.class);
        SplittableRandom mood = random(start.matchId(), "asked" + clock.millis());
        if (mood.nextDouble() < temper.silent()) {
            return;
        }
        StartReply reply = mood.nextDouble() < temper.refuses() && start.settledOn() == null
                ? new StartReply.Refused("no-capacity", "the swarm does not feel like it", null)
                : reply(start);
        answer(message, Json.bytes(reply));
    }

    private void hearStop(Message message) {
        StopMatch stop = Json.read(message.getData(), StopMatch.class);
        retire(servers.get(stop.serverId()));
        answer(message, Json.bytes(new Heard()));
    }

    private void hearSeat(Message message) {
        SeatPlayers wanted = Json.read(message.getData(), SeatPlayers.class);
        SwarmServer server = servers.get(wanted.serverId());
        double whim = random(wanted.matchId(), "roster" + wanted.roster()).nextDouble();
        boolean heard = whim >= temper.fickle() / 3;
        boolean answers = whim >= temper.fickle() * 2 / 3;
        if (server == null || !heard) {
            return;
        }
        if (answers && whim < temper.fickle()) {
            server.seats().open(List.of());
        }
        ServerReply reply =
                server.isPlaying() ? seat(server, wanted) : new ServerReply.Refused(server.serverId(), "match-over");
        if (answers) {
            answer(message, Json.bytes(reply));
        }
    }

    private ServerReply seat(SwarmServer server, SeatPlayers wanted) {
        ServerReply reply = server.seats().seat(wanted);
        plays(server);
        return reply;
    }

    /** Is noted before anybody can hear of it. */
    private void plays(SwarmServer server) {
        log.accept(new SwarmEvent.Plays(
                clock.instant(),
                server.start().matchId(),
                server.serverId(),
                server.seats().players().stream().map(MatchPlayer::playerId).toList()));
    }

    private void answer(Message message, byte[] answer) {
        if (message.getReplyTo() != null && !closed) {
            connection.publish(message.getReplyTo(), answer);
        }
    }

    private StartReply reply(StartMatch start) {
        String settledOn = start.settledOn();
        if (settledOn != null) {
            SwarmServer settled = servers.get(settledOn);
            return settled == null ? new StartReply.Gone(settledOn) : settled.reply();
        }
        SwarmServer server = latest.compute(
                start.matchId(), (id, present) -> isEnough(present, start) ? present : another(present, start));
        return server.reply();
    }

    /** Whether what is there answers this request: asked again, or the match was played already. */
    private static boolean isEnough(@Nullable SwarmServer present, StartMatch start) {
        return present != null && (present.attempt() >= start.attempt() || present.hasEnded());
    }

    private SwarmServer another(@Nullable SwarmServer before, StartMatch start) {
        retire(before);
        SwarmServer server = new SwarmServer(start, clock.instant());
        servers.put(server.serverId(), server);
        log.accept(new SwarmEvent.Taken(clock.instant(), start.matchId(), server.serverId()));
        Thread.ofVirtual().name(server.serverId()).start(() -> live(server));
        return server;
    }

    private void retire(@Nullable SwarmServer server) {
        Instant now = clock.instant();
        if (server != null && server.retire(now)) {
            log.accept(new SwarmEvent.Retired(now, server.start().matchId(), server.serverId()));
        }
    }

    private void live(SwarmServer server) {
        String matchId = server.start().matchId();
        SplittableRandom random = random(matchId, server.serverId());
        boolean everReady = random.nextDouble() >= temper.neverReady();
        boolean dies = random.nextDouble() < temper.dies();
        boolean reported = random.nextBoolean();
        pause(random, temper.readyIn());
        if (!everReady || !server.play(clock.instant())) {
            return;
        }
        log.accept(new SwarmEvent.Ready(clock.instant(), matchId, server.serverId()));
        plays(server);
        boolean others = opensSeats(server);
        if (others) {
            Thread.ofVirtual().name("seats of " + matchId).start(() -> saySeats(server, random.split()));
        }
        say(Subjects.matchReady(matchId), server.ready(), server, random.split());
        // So long that others can come.
        pause(random, others ? temper.playsFor().multipliedBy(2) : temper.playsFor());
        Instant now = clock.instant();
        if (dies && server.die(now)) {
            log.accept(new SwarmEvent.Died(now, matchId, server.serverId()));
            if (reported) {
                say(Subjects.matchFailed(matchId), server.failed(), server, random.split());
            }
            return;
        }
        if (server.end(now)) {
            say(Subjects.matchEnded(matchId), server.ended(), server, random.split());
        }
    }

    /** All that its mode allows for. */
    private boolean opensSeats(SwarmServer server) {
        Mode mode = modes.get(server.start().mode());
        if (mode == null || !mode.matching().backfill()) {
            return false;
        }
        Teams teams = mode.matching().teams();
        server.seats().open(Collections.nCopies(teams.count(), teams.size()));
        return true;
    }

    /** Again and again while it is played on, and now and then what it said before. */
    private void saySeats(SwarmServer server, SplittableRandom random) {
        MatchEvent.Seats before = server.seats().said(clock.instant());
        while (!closed && server.isPlaying()) {
            MatchEvent.Seats now = server.seats().said(clock.instant());
            MatchEvent.Seats said = random.nextDouble() < temper.twice() ? before : now;
            isHeard(Subjects.matchSeats(said.matchId()), Json.bytes(said));
            before = now;
            pause(random, SEATS_EVERY);
        }
    }

    /** On threads of their own, so that what is said later can be heard earlier. */
    private void say(String subject, MatchEvent event, SwarmServer server, SplittableRandom random) {
        boolean twice = random.nextDouble() < temper.twice();
        Duration later = Duration.ofMillis(random.nextLong(1, 3000));
        Thread.ofVirtual().name(subject).start(() -> sayUntilHeard(subject, event, server));
        if (twice) {
            Thread.ofVirtual().name(subject + " again").start(() -> {
                LockSupport.parkNanos(later.toNanos());
                sayUntilHeard(subject, event, server);
            });
        }
    }

    private void sayUntilHeard(String subject, MatchEvent event, SwarmServer server) {
        byte[] json = Json.bytes(event);
        Instant deadline = clock.instant().plus(SAYS_FOR);
        while (!closed && clock.instant().isBefore(deadline)) {
            if (isHeard(subject, json)) {
                if (event instanceof MatchEvent.Ended) {
                    log.accept(new SwarmEvent.Heard(clock.instant(), event.matchId(), server.serverId()));
                }
                return;
            }
            LockSupport.parkNanos(REST.toNanos());
        }
        if (!closed) {
            log.accept(new SwarmEvent.Unheard(clock.instant(), event.matchId(), server.serverId()));
        }
    }

    private boolean isHeard(String subject, byte[] event) {
        try {
            Message answer = connection.request(subject, event, ONE_ANSWER);
            if (answer != null && !answer.isStatusMessage()) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            LOG.debug("not connected at this moment subject={}", subject, e);
        }
        return false;
    }

    private static void pause(SplittableRandom random, Duration longest) {
        LockSupport.parkNanos(random.nextLong(longest.toNanos() + 1));
    }

    private SplittableRandom random(String matchId, String purpose) {
        return new SplittableRandom(seed ^ ((long) matchId.hashCode() << 32) ^ purpose.hashCode());
    }
}
