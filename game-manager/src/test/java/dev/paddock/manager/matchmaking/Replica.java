package dev.paddock.manager.matchmaking;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.mode.Regions;
import dev.paddock.manager.mode.TestModes;
import dev.paddock.manager.outlook.Recent;
import dev.paddock.manager.recording.Recorder;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.manager.stop.Stops;
import dev.paddock.manager.ticket.QueueResult;
import dev.paddock.manager.ticket.TestTickets;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.mode.Mode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Tickets and matchmaking as one manager has them, without its HTTP and sockets. */
final class Replica implements AutoCloseable {
    private static final RandomGenerator RANDOM = new SecureRandom();

    private final TestRedis redis;
    private final TestTickets tickets;
    private final Aftermath aftermath;
    private final Matchmaking matchmaking;

    private Replica(URI uri, Bus bus, Mode... published) {
        this.redis = TestRedis.connect(uri);
        Modes modes = TestModes.modes(published);
        Regions regions = TestModes.regions("eu");
        this.tickets = TestTickets.on(redis.redis(), modes, bus);
        this.aftermath = new Aftermath(
                new Stops(new SimpleMeterRegistry()),
                tickets.tickets(),
                tickets.sweeper(),
                new Recent(new SimpleMeterRegistry()),
                Recorder.off(),
                tickets.lostSockets());
        this.matchmaking = new Matchmaking(redis.redis(), modes, regions, aftermath, InstantSource.system(), RANDOM);
    }

    /** Matchmaking runs. */
    static Replica start(URI uri, Bus bus, Mode... modes) {
        Replica replica = idle(uri, bus, modes);
        replica.matchmaking.start();
        return replica;
    }

    /** Takes tickets, and leaves matchmaking to others. */
    static Replica idle(URI uri, Bus bus, Mode... modes) {
        return new Replica(uri, bus, modes);
    }

    TestRedis redis() {
        return redis;
    }

    TestTickets tickets() {
        return tickets;
    }

    /** What follows from a match, for a holder of the lease that the test itself makes. */
    Aftermath aftermath() {
        return aftermath;
    }

    Ticket queue(Mode mode, double rating) {
        return queue(mode, rating, Id.next(RANDOM));
    }

    Ticket queue(Mode mode, double rating, String playerId) {
        var wish = TestTickets.wish(Id.next(RANDOM), playerId, mode, rating);
        return ((QueueResult.Queued) tickets.tickets().queue(wish)).ticket();
    }

    Ticket again(Ticket ticket) {
        return tickets.tickets().find(ticket.mode(), ticket.ticketId()).orElseThrow();
    }

    /** Like SIGKILL for everyone else: from now on it reaches no Redis, and gives nothing back. */
    void kill() {
        redis.close();
    }

    /** An orderly end. */
    @Override
    public void close() {
        matchmaking.close();
        aftermath.close();
        redis.close();
    }
}
