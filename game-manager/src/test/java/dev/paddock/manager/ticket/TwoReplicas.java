package dev.paddock.manager.ticket;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.bus.TestBus;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.mode.TestModes;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.protocol.mode.Mode;

/** Two instances of everything, each with a Redis connection of its own, which know two modes. */
final class TwoReplicas implements AutoCloseable {
    static final Mode DUEL = TestModes.duel("duel");
    static final Mode OTHER = TestModes.duel("other");
    static final QueueKeys KEYS = new QueueKeys("duel");

    private final Modes modes = TestModes.modes(DUEL, OTHER);
    private final TestRedis redis = TestRedis.connect(TestRedis.shared());
    private final TestRedis otherRedis = TestRedis.connect(TestRedis.shared());
    private final Bus bus = TestBus.connect();
    private final TestTickets here = TestTickets.on(redis.redis(), modes, bus);
    private final TestTickets there = TestTickets.on(otherRedis.redis(), modes, bus);

    TestRedis redis() {
        return redis;
    }

    TestTickets here() {
        return here;
    }

    TestTickets there() {
        return there;
    }

    /** Here, and let in at once. */
    Ticket queued(Wish wish) {
        return ((QueueResult.Queued) here.tickets().queue(wish)).ticket();
    }

    @Override
    public void close() {
        bus.close();
        redis.close();
        otherRedis.close();
    }
}
