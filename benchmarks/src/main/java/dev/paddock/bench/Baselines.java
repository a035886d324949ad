package dev.paddock.bench;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Two queues as they are often built, written for the comparison: on the same Redis, from the same JVM, with the same
 * client, and with less to do than ours. They keep no ticket, give nothing back after a crash, and let a player queue
 * twice.
 *
 * <ul>
 *   <li><b>lock</b>: every push takes a lock in Redis ({@code SET NX PX}, tried again after a millisecond), adds the player
 *       to a sorted set, pops two if there are two, and gives the lock back.
 *   <li><b>tick</b>: a push only adds to a sorted set by rating; every five seconds neighbours are paired.
 * </ul>
 */
final class Baselines {
    private static final String LOCK = "baseline:lock";
    private static final String QUEUE = "baseline:queue";
    private static final String MATCHES = "baseline:matches";
    private static final Duration TICK = Duration.ofSeconds(5);

    private final Report report;
    private final boolean quick;
    private final RedisClient client;
    private final AtomicLong ids = new AtomicLong();

    Baselines(Report report, boolean quick, RedisClient client) {
        this.report = report;
        this.quick = quick;
        this.client = client;
    }

    void run() {
        report.heading("Baselines, written for this comparison, in the same run");
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            lockThroughput(connection.sync());
            lockOffered(connection.sync(), 500);
            lockOffered(connection.sync(), 5_000);
            tick(connection, quick ? 50 : 5_000);
        }
    }

    private void lockThroughput(RedisCommands<String, String> redis) {
        clear(redis);
        AtomicLong pushed = new AtomicLong();
        Samples waits = new Samples(1_000_000);
        Map<String, Long> called = new ConcurrentHashMap<>();
        Duration time = seconds(8);
        long began = System.nanoTime();
        Arrivals.atATime(64, time, () -> {
            lockedPush(redis, called, waits, System.nanoTime(), Long.MAX_VALUE);
            pushed.incrementAndGet();
        });
        double took = (System.nanoTime() - began) / 1e9;
        report.baseline(
                "lockPlayersPerSecond", "lock at each push, 64 callers at a time", pushed.get() / took, "players/s");
    }

    private void lockOffered(RedisCommands<String, String> redis, int perSecond) {
        clear(redis);
        int rate = quick ? perSecond / 100 + 2 : perSecond;
        Duration time = seconds(8);
        AtomicLong given = new AtomicLong();
        Samples waits = new Samples((int) (rate * time.toMillis() / 1000) + 1000);
        Map<String, Long> called = new ConcurrentHashMap<>();
        // Who has not got the lock five seconds after the last arrival gives up: else this would not end.
        long end = System.nanoTime() + time.plusSeconds(5).toNanos();
        long came = Arrivals.offered(rate, time, planned -> {
            if (!lockedPush(redis, called, waits, planned, end)) {
                given.incrementAndGet();
            }
        });
        Samples.Sorted sorted = waits.sorted();
        String what = "lock at each push, " + rate + " players/s offered: ";
        report.baseline("lock" + perSecond + "P50Ms", what + "call to formed, p50", sorted.millis(50), "ms");
        report.baseline("lock" + perSecond + "P99Ms", what + "p99", sorted.millis(99), "ms");
        report.baseline("lock" + perSecond + "GivenUpPercent", what + "gave up", 100.0 * given.get() / came, "%");
    }

    private boolean lockedPush(
            RedisCommands<String, String> redis, Map<String, Long> called, Samples waits, long planned, long giveUp) {
        String id = "p" + ids.incrementAndGet();
        called.put(id, planned);
        while (redis.set(LOCK, id, SetArgs.Builder.nx().px(5000)) == null) {
            if (System.nanoTime() > giveUp) {
                return false;
            }
            LockSupport.parkNanos(1_000_000);
        }
        redis.zadd(QUEUE, ids.get(), id);
        if (redis.zcard(QUEUE) >= 2) {
            List<String> pair = redis.zpopmin(QUEUE, 2).stream()
                    .map(scored -> scored.getValue())
                    .toList();
            redis.xadd(MATCHES, Map.of("one", pair.getFirst(), "two", pair.getLast()));
            long now = System.nanoTime();
            long last = Long.MIN_VALUE;
            for (String player : pair) {
                Long began = called.remove(player);
                last = began == null ? last : Math.max(last, began);
            }
            waits.add(now - last);
        }
        redis.del(LOCK);
        return true;
    }

    private void tick(StatefulRedisConnection<String, String> connection, int perSecond) {
        clear(connection.sync());
        RedisAsyncCommands<String, String> async = connection.async();
        RedisCommands<String, String> redis = connection.sync();
        Duration time = quick ? TICK.plusMillis(200) : TICK.multipliedBy(3).plusMillis(200);
        Samples waits = new Samples((int) (perSecond * time.toMillis() / 1000) + 1000);
        Map<String, Long> called = new ConcurrentHashMap<>();
        ConcurrentLinkedQueue<RuntimeException> failed = new ConcurrentLinkedQueue<>();
        long end = System.nanoTime() + time.toNanos();
        Thread ticker = Thread.ofVirtual().start(() -> {
            try {
                for (long next = System.nanoTime() + TICK.toNanos(); next < end; next += TICK.toNanos()) {
                    LockSupport.parkNanos(Math.max(1, next - System.nanoTime()));
                    pair(redis, async, called, waits);
                }
            } catch (RuntimeException e) {
                failed.add(e);
            }
        });
        Arrivals.offered(perSecond, time, planned -> {
            String id = "p" + ids.incrementAndGet();
            called.put(id, planned);
            redis.zadd(QUEUE, ThreadLocalRandom.current().nextGaussian(1500, 300), id);
        });
        join(ticker);
        if (!failed.isEmpty()) {
            throw failed.remove();
        }
        Samples.Sorted sorted = waits.sorted();
        String what = "tick every 5 s, " + perSecond + " players/s: a player's wait, ";
        report.baseline("tickMeanMs", what + "mean", sorted.meanMillis(), "ms");
        report.baseline("tickP50Ms", what + "p50", sorted.millis(50), "ms");
        report.baseline("tickP99Ms", what + "p99", sorted.millis(99), "ms");
    }

    private static void pair(
            RedisCommands<String, String> redis,
            RedisAsyncCommands<String, String> async,
            Map<String, Long> called,
            Samples waits) {
        List<String> byRating = redis.zrange(QUEUE, 0, -1);
        List<RedisFuture<?>> written = new ArrayList<>();
        for (int i = 0; i + 1 < byRating.size(); i += 2) {
            written.add(async.zrem(QUEUE, byRating.get(i), byRating.get(i + 1)));
            written.add(async.xadd(MATCHES, Map.of("one", byRating.get(i), "two", byRating.get(i + 1))));
        }
        for (RedisFuture<?> one : written) {
            one.toCompletableFuture().join();
        }
        long now = System.nanoTime();
        for (int i = 0; i < byRating.size() / 2 * 2; i++) {
            Long began = called.remove(byRating.get(i));
            if (began != null) {
                waits.add(now - began);
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void clear(RedisCommands<String, String> redis) {
        redis.del(LOCK, QUEUE, MATCHES);
    }

    private Duration seconds(int full) {
        return quick ? Duration.ofMillis(full * 30L) : Duration.ofSeconds(full);
    }
}
