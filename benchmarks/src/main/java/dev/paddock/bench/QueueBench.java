package dev.paddock.bench;

import dev.paddock.manager.ticket.QueueResult;
import dev.paddock.manager.ticket.Tickets;
import dev.paddock.manager.ticket.Wish;
import dev.paddock.protocol.mode.Mode;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The queue through the manager's own classes, without HTTP: one hot queue, one manager, one Redis. */
final class QueueBench implements AutoCloseable {
    private static final Mode HOT = Wanted.anybody("bench-hot");
    private static final Mode STILL = Wanted.nobody("bench-still");
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(30);

    private final Report report;
    private final boolean quick;
    private final InsideManager manager;
    private final Tickets tickets;
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final FormedWatch watch;

    private QueueBench(Report report, boolean quick, InsideManager manager) {
        this.report = report;
        this.quick = quick;
        this.manager = manager;
        this.tickets = manager.tickets();
        this.client = FormedWatch.client(manager.redis());
        this.connection = client.connect();
        // What a long time would write in one minute: rewriting it would take one of the two cores again and again.
        connection.sync().configSet("auto-aof-rewrite-percentage", "0");
        this.watch = new FormedWatch(client, HOT.name());
    }

    static void run(Report report, boolean quick, Set<String> parts) {
        try (QueueBench bench = new QueueBench(report, quick, InsideManager.start(HOT, STILL))) {
            bench.warmUp();
            if (parts.contains("throughput")) {
                bench.throughput();
            }
            if (parts.contains("formed")) {
                bench.latency(500);
                bench.latency(5_000);
                bench.latency(20_000);
            }
            if (parts.contains("burst")) {
                bench.burst();
            }
            if (parts.contains("overload")) {
                bench.overload();
            }
            if (parts.contains("waiting")) {
                new WaitingBench(report, quick, bench.tickets, STILL, bench.connection.sync()).run();
            }
            if (parts.contains("baselines")) {
                new Baselines(report, quick, bench.client).run();
            }
        }
    }

    @Override
    public void close() {
        watch.close();
        connection.close();
        client.shutdown();
        manager.close();
    }

    /** So long that the JVM has compiled what matters: it does so beside the work, on the same two cores. */
    private void warmUp() {
        watch.begin(0);
        Arrivals.atATime(quick ? 20 : 1000, seconds(60), this::orLater);
        drain(Long.MAX_VALUE);
    }

    private void throughput() {
        report.heading("Enqueued and matched, one hot queue 1v1, as many as it takes (2,000 callers at a time)");
        for (int round = 1; round <= (quick ? 1 : 3); round++) {
            watch.begin(0);
            AtomicLong accepted = new AtomicLong();
            AtomicLong refused = new AtomicLong();
            RedisCounts before = counts();
            long reads = watch.reads();
            long began = System.nanoTime();
            Arrivals.atATime(quick ? 20 : 2_000, seconds(10), () -> (orLater() ? accepted : refused).incrementAndGet());
            drain(accepted.get());
            double took = (watch.lastSeen() - began) / 1e9;
            RedisCounts after = counts();
            String key = "throughput" + round;
            report.figure(
                    key + "PlayersPerSecond",
                    "players enqueued and matched, round " + round,
                    watch.players() / took,
                    "players/s");
            report.figure(
                    key + "RefusedPercent",
                    "refused with \"busy, come again\"",
                    100.0 * refused.get() / Math.max(1, refused.get() + accepted.get()),
                    "%");
            perPlayer(key, after.since(before, "xread") - (watch.reads() - reads), before, after, accepted.get());
        }
    }

    private void perPlayer(String key, long reads, RedisCounts before, RedisCounts after, long players) {
        // Scripts run TIME too, once each; what remains was sent.
        long scripts = after.since(before, "evalsha", "eval");
        double sent = reads + scripts + after.since(before, "set") + Math.max(0, after.since(before, "time") - scripts);
        report.figure(
                key + "CommandsSentPerPlayer",
                "Redis commands sent per player (SET NX, TIME, EVALSHA, XREAD)",
                sent / players,
                "");
        report.figure(
                key + "CommandsRunPerPlayer",
                "commands that Redis ran per player, those inside scripts too",
                (double) after.allSince(before) / players,
                "");
        report.figure(
                key + "RedisCpuMicrosPerPlayer",
                "CPU time of Redis per player",
                (after.cpuSeconds() - before.cpuSeconds()) * 1e6 / players,
                "µs");
    }

    private void latency(int perSecond) {
        int rate = quick ? perSecond / 100 + 2 : perSecond;
        report.heading("From possible to formed, " + rate + " players/s");
        Duration time = seconds(10);
        watch.begin((int) (rate * time.toMillis() / 1000) + 1000);
        AtomicLong accepted = new AtomicLong();
        Arrivals.offered(rate, time, planned -> accepted.addAndGet(play(planned) ? 1 : 0));
        drain(accepted.get());
        String key = "formed" + perSecond;
        both(key, watch.sinceCall(), "from the last player's coming until the match is seen");
        both(key + "SinceAnswer", watch.sinceAnswer(), "from the answer \"it waits\" until the match is seen");
    }

    private void both(String key, Samples.Sorted times, String what) {
        report.figure(key + "P50Ms", what + ", p50 of " + times.size(), times.millis(50), "ms");
        report.figure(key + "P99Ms", what + ", p99", times.millis(99), "ms");
    }

    private void burst() {
        int players = quick ? 20 : 1000;
        int bursts = quick ? 2 : 20;
        report.heading(players + " players at once, " + bursts + " times");
        watch.begin(players * bursts);
        for (int i = 1; i <= bursts; i++) {
            Arrivals.atOnce(players, () -> play(System.nanoTime()));
            drain((long) players * i);
        }
        both("burst", watch.sinceCall(), "from the last player's coming until the match is seen");
        report.figure("burstMaxMs", "the slowest", watch.sinceCall().millis(100), "ms");
    }

    private void overload() {
        int rate = quick ? 200 : 50_000;
        report.heading(rate + " arrivals/s offered");
        Duration time = seconds(10);
        AtomicLong accepted = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        Samples answers = new Samples((int) (rate * time.toMillis() / 1000) + 1000);
        watch.begin((int) (rate * time.toMillis() / 1000) + 1000);
        long began = System.nanoTime();
        long came = Arrivals.offered(rate, time, planned -> {
            (play(planned) ? accepted : refused).incrementAndGet();
            answers.add(System.nanoTime() - planned);
        });
        drain(accepted.get());
        double took = (watch.lastSeen() - began) / 1e9;
        double offered = came / (time.toNanos() / 1e9);
        report.figure("overloadOfferedPerSecond", "offered", offered, "players/s");
        report.figure("overloadMatchedPerSecond", "enqueued and matched", watch.players() / took, "players/s");
        report.figure("overloadRefusedPercent", "refused with \"busy, come again\"", 100.0 * refused.get() / came, "%");
        report.figure(
                "overloadUnansweredPercent",
                "without an answer",
                100.0 * (came - accepted.get() - refused.get()) / came,
                "%");
        both("overloadAnswer", answers.sorted(), "a player's answer");
        both("overloadFormed", watch.sinceCall(), "from the last player's coming until the match is seen");
        report.figure(
                "overloadLeftWaiting",
                "accepted, and neither matched nor one too many",
                Math.max(0, accepted.get() - watch.players() - 1),
                "players");
    }

    /** Queues a new player; who is refused, comes again after a while, as a client does, only sooner. */
    private boolean orLater() {
        boolean queued = play(System.nanoTime());
        if (!queued) {
            LockSupport.parkNanos(50_000_000);
        }
        return queued;
    }

    /** @param planned when the player was to come */
    private boolean play(long planned) {
        Wish wish = Wanted.wish(HOT);
        FormedWatch.Waiter waiter = watch.calls(wish.ticketId(), planned);
        boolean queued = tickets.queue(wish) instanceof QueueResult.Queued;
        if (queued) {
            waiter.hasAnswer();
        } else {
            watch.refused(wish.ticketId());
        }
        return queued;
    }

    /** Until at most one is left over, or nothing moves any more. */
    private void drain(long accepted) {
        long seen = -1;
        long since = System.nanoTime();
        while (watch.players() < accepted - 1) {
            long now = System.nanoTime();
            if (watch.players() != seen) {
                seen = watch.players();
                since = now;
            }
            long patience = accepted == Long.MAX_VALUE ? 2_000_000_000L : LONGEST_DRAIN.toNanos();
            if (now - since > patience) {
                return;
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private RedisCounts counts() {
        return RedisCounts.now(connection.sync());
    }

    private Duration seconds(int full) {
        return quick ? Duration.ofMillis(Math.max(1, full * 30)) : Duration.ofSeconds(full);
    }
}
