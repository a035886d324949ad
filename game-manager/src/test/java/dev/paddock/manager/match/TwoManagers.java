package dev.paddock.manager.match;

import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.TestSocket;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.Tickets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Two replicas on a platform of their own, less patient than in earnest, and what a test has opened on them. */
final class TwoManagers implements AutoCloseable {
    private final TestPlatform platform;
    private final TestManager a;
    private final TestManager b;
    private final TestRedis redis;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** @param purpose lower-case letters and digits */
    TwoManagers(String purpose) {
        this.platform = TestPlatform.fresh(purpose);
        this.a = TestManager.start(platform, MatchFixture.impatient());
        this.b = TestManager.start(platform, MatchFixture.impatient());
        this.redis = TestRedis.connect(platform.redis());
    }

    TestPlatform platform() {
        return platform;
    }

    TestManager a() {
        return a;
    }

    TestManager b() {
        return b;
    }

    TestRedis redis() {
        return redis;
    }

    /** A socket that is closed with the test. */
    TestSocket socket(TestManager manager, Player player) {
        return opened(TestSocket.open(manager.url(), player.accessToken()));
    }

    <T extends AutoCloseable> T opened(T what) {
        opened.push(what);
        return what;
    }

    /** The ticket as it is now. */
    Ticket again(Ticket ticket) {
        return a.bean(Tickets.class).find(ticket.mode(), ticket.ticketId()).orElseThrow();
    }

    /** The ticket that holds the player. */
    Ticket ticketOf(Player player) {
        return a.bean(Tickets.class).currentOf(player.playerId()).orElseThrow();
    }

    StoredMatch stored(String mode, String matchId) {
        return a.bean(MatchScripts.class).find(mode, matchId).orElseThrow();
    }

    /** What a test has opened, the last first. */
    void closeOpened() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Override
    public void close() {
        redis.close();
        // At once: a manager takes its time for each mode that a test has brought.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(a::close);
            b.close();
        }
    }
}
