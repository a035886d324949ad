package dev.paddock.manager.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.paddock.local.server.RedisServer;
import dev.paddock.local.server.ServerHome;
import dev.paddock.manager.TcpGate;
import dev.paddock.manager.redis.StreamConsumer.Group;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.XReadArgs;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamConsumerIT {
    private static final String STREAM = "work";
    private static final Duration IDLE = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private final TestRedis redis = TestRedis.connect(TestRedis.shared());

    @BeforeEach
    void empty() {
        redis.commands().flushdb();
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    @Test
    void everyEntryIsWorkedOnAndTakenOff() {
        add(redis, 0, 50);
        try (StreamConsumer ignored = start(redis, "one", 8, entry -> finish(redis, entry))) {
            add(redis, 50, 100);

            await("all entries are done").until(() -> done.size() == 100);
        }
        assertThat(redis.commands().xlen(STREAM)).isZero();
        assertThat(redis.commands().xpending(STREAM, "managers").getCount()).isZero();
    }

    @Test
    void anEntryThatFailedComesAgain() {
        AtomicInteger failures = new AtomicInteger();
        Consumer<StreamEntry> work = entry -> {
            if (failures.getAndIncrement() < 2) {
                throw new IllegalStateException("as the test wants it");
            }
            finish(redis, entry);
        };
        try (StreamConsumer ignored = start(redis, "one", 8, work)) {
            add(redis, 0, 1);

            await("the entry is done").until(() -> done.size() == 1);
        }
        assertThat(failures).hasValue(3);
    }

    @Test
    void whatAKilledReplicaLeftIsTakenOver() {
        CountDownLatch stuck = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        TestRedis killed = TestRedis.connect(TestRedis.shared());
        StreamConsumer first = start(killed, "killed", 8, entry -> {
            begun.incrementAndGet();
            awaitLatch(stuck);
        });
        add(redis, 0, 5);
        await("the first replica works on all").until(() -> begun.get() == 5);
        killed.close();

        try (StreamConsumer ignored = start(redis, "other", 8, entry -> finish(redis, entry))) {
            await("the other has done them").until(() -> done.size() == 5);
        }
        stuck.countDown();
        first.close();
    }

    @Test
    void noMoreThanThePlacesAreWorkedOnAtATime() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        add(redis, 0, 60);
        Consumer<StreamEntry> work = entry -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            redis.redis().exists("something");
            now.decrementAndGet();
            finish(redis, entry);
        };
        try (StreamConsumer ignored = start(redis, "one", 3, work)) {
            await("all entries are done").until(() -> done.size() == 60);
        }
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void workThatIsSlowerThanIdleIsNotBegunTwiceHere() {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch finish = new CountDownLatch(1);
        Consumer<StreamEntry> work = entry -> {
            begun.incrementAndGet();
            awaitLatch(finish);
            finish(redis, entry);
        };
        try (StreamConsumer ignored = start(redis, "one", 4, work)) {
            add(redis, 0, 1);
            await("the entry was claimed again and again")
                    // The group is there a moment after the consumer.
                    .ignoreExceptionsInstanceOf(RedisCommandExecutionException.class)
                    .until(() -> redis
                            .commands()
                            .xpending(
                                    STREAM,
                                    "managers",
                                    io.lettuce.core.Range.unbounded(),
                                    io.lettuce.core.Limit.from(1))
                            .stream()
                            .anyMatch(pending -> pending.getRedeliveryCount() > 3));
            finish.countDown();
            await("the entry is done").until(() -> done.size() == 1);
        }
        assertThat(begun).hasValue(1);
    }

    @Test
    void itGoesOnAfterRedisWasRestartedAndAfterItCameBackEmpty() {
        ServerHome home = ServerHome.in(folder.resolve("redis"), what -> {});
        RedisServer server = RedisServer.start(home, 0, "secret-of-a-test");
        try (TestRedis own = TestRedis.connect(server.uri(0));
                StreamConsumer ignored = start(own, "one", 8, entry -> finish(own, entry))) {
            add(own, 0, 10);
            await("what came before the restart is done").until(() -> done.size() == 10);

            int port = server.port();
            server.process().kill();
            server = RedisServer.start(home, port, "secret-of-a-test");
            add(own, 10, 20);
            await("what came after the restart is done").until(() -> done.size() == 20);

            own.commands().flushall();
            add(own, 20, 30);
            await("what came after Redis had lost everything is done").until(() -> done.size() == 30);
        } finally {
            server.close();
        }
    }

    @Test
    void anEntryIsTakenOffWhollyOrNotAtAllWhenRedisIsCutOffMeanwhile() throws Exception {
        URI direct = TestRedis.shared();
        add(redis, 0, 1);
        redis.commands().xgroupCreate(XReadArgs.StreamOffset.from(STREAM, "0"), "managers");
        String entry = redis.commands()
                .xreadgroup(
                        io.lettuce.core.Consumer.from("managers", "one"), XReadArgs.StreamOffset.lastConsumed(STREAM))
                .getFirst()
                .getId();
        try (TcpGate gate = new TcpGate(direct.getPort());
                TestRedis behind = TestRedis.connect(through(gate, direct))) {
            gate.shut();
            assertThatExceptionOfType(RedisUnavailableException.class)
                    .isThrownBy(() -> behind.redis().finish(STREAM, "managers", entry));
            gate.open();
            await("Redis is there again")
                    .ignoreExceptions()
                    .until(() -> !behind.redis().exists("nothing"));

            // What was given up waiting for may still have been said, or not.
            assertThat(redis.commands().xpending(STREAM, "managers").getCount())
                    .isEqualTo(redis.commands().xlen(STREAM));
        }
    }

    private static URI through(TcpGate gate, URI direct) throws URISyntaxException {
        return new URI(
                direct.getScheme(),
                direct.getUserInfo(),
                direct.getHost(),
                gate.port(),
                direct.getPath(),
                direct.getQuery(),
                null);
    }

    private static StreamConsumer start(TestRedis redis, String name, int most, Consumer<StreamEntry> work) {
        return StreamConsumer.start(redis.redis(), new Group(STREAM, "managers", name, most, IDLE), work);
    }

    private void finish(TestRedis at, StreamEntry entry) {
        at.redis().finish(STREAM, "managers", entry.id());
        done.add(String.valueOf(entry.fields().get("n")));
    }

    private static void add(TestRedis redis, int from, int to) {
        for (int n = from; n < to; n++) {
            redis.commands().xadd(STREAM, Map.of("n", Integer.toString(n)));
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test did not go on, of " + List.of(latch));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
