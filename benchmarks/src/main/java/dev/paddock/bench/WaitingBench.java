package dev.paddock.bench;

import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.QueueResult;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.Tickets;
import dev.paddock.protocol.mode.Mode;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** What players cost who wait, and whom nobody fits: commands, bytes of Redis, bytes of heap. */
final class WaitingBench {
    private static final int CALLERS = 64;

    private final Report report;
    private final boolean quick;
    private final Tickets tickets;
    private final Mode mode;
    private final RedisCommands<String, String> redis;

    WaitingBench(Report report, boolean quick, Tickets tickets, Mode mode, RedisCommands<String, String> redis) {
        this.report = report;
        this.quick = quick;
        this.tickets = tickets;
        this.mode = mode;
        this.redis = redis;
    }

    void run() {
        int players = quick ? 100 : 20_000;
        report.heading(players + " players who wait, and whom nobody fits");
        // What was measured before may still be in the works.
        pause(quick ? Duration.ZERO : Duration.ofSeconds(3));
        double quiet = commandsPerSecond();
        RedisCounts empty = RedisCounts.now(redis);
        long heap = Heap.used();
        int waiting = queue(players);
        // Until the arrivals were read and thrown away.
        pause(Duration.ofSeconds(3));
        RedisCounts full = RedisCounts.now(redis);
        double heapBytes = (double) (Heap.used() - heap) / waiting;
        // Until each was looked at, once, for what a crash could have left.
        pause(quick ? Duration.ofMillis(500) : Duration.ofSeconds(22));
        double filled = commandsPerSecond();
        report.figure(
                "quietCommandsPerSecond",
                "commands that Redis runs before they come (leases of two modes)",
                quiet,
                "/s");
        report.figure("waitingCommandsPerSecond", "commands that Redis runs while all of them wait", filled, "/s");
        report.figure("waitingHeapBytes", "bytes of the manager's heap, ticket and pool", heapBytes, "B");
        bytes(waiting, (double) (full.usedMemory() - empty.usedMemory()) / waiting);
    }

    private int queue(int players) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger accepted = new AtomicInteger();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(CALLERS, Thread.ofVirtual().factory())) {
            for (int i = 0; i < players; i++) {
                threads.execute(() -> {
                    if (tickets.queue(Wanted.wish(mode, next.incrementAndGet())) instanceof QueueResult.Queued) {
                        accepted.incrementAndGet();
                    }
                });
            }
        }
        return accepted.get();
    }

    private void bytes(int waiting, double used) {
        QueueKeys keys = new QueueKeys(mode.name());
        String ticketId = redis.zrange(keys.queue(), 0, 0).getFirst();
        String playerId =
                Ticket.of(redis.hgetall(keys.ticket(ticketId))).first().playerId();
        double ticket = memory(keys.ticket(ticketId));
        double queue = memory(keys.queue()) / waiting;
        double claim = memory(QueueKeys.claim(playerId));
        report.figure("waitingTicketBytes", "bytes of Redis: the ticket (MEMORY USAGE)", ticket, "B");
        report.figure("waitingQueueBytes", "its share of the queue", queue, "B");
        report.figure("waitingClaimBytes", "its player's claim", claim, "B");
        report.figure("waitingBytes", "together, by MEMORY USAGE", ticket + queue + claim, "B");
        report.figure(
                "waitingUsedBytes", "by used_memory, before and after (with the share of the key table)", used, "B");
    }

    private double commandsPerSecond() {
        RedisCounts before = RedisCounts.now(redis);
        Duration time = quick ? Duration.ofMillis(500) : Duration.ofSeconds(10);
        pause(time);
        // This look's own three are not counted.
        return (double) (RedisCounts.now(redis).allSince(before) - 3) / (time.toNanos() / 1e9);
    }

    private double memory(String key) {
        Long bytes = redis.memoryUsage(key);
        return bytes == null ? 0 : bytes;
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
