package dev.paddock.manager.matchmaking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.local.server.RedisServer;
import dev.paddock.local.server.ServerHome;
import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.bus.TestBus;
import dev.paddock.manager.mode.TestModes;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.frame.Frame;
import dev.paddock.protocol.frame.PlayerEvent;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.mode.Mode;
import io.lettuce.core.Range;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas on one Redis. */
class MatchmakingIT {
    private static final Mode DUEL = TestModes.duel("duel");
    private static final QueueKeys KEYS = new QueueKeys("duel");

    @TempDir
    Path folder;

    private final URI uri = TestRedis.shared();
    private final Bus bus = TestBus.connect();
    private final TestRedis redis = TestRedis.connect(uri);
    private final List<Replica> replicas = new ArrayList<>();

    @BeforeEach
    void empty() {
        redis.commands().flushdb();
    }

    @AfterEach
    void stop() {
        replicas.forEach(Replica::close);
        redis.close();
        bus.close();
    }

    @Test
    void twoReplicasMatchEveryTicketOnce() {
        Replica one = start();
        Replica other = start();
        await("one of them has the lease").until(() -> redis.commands().exists(KEYS.lease()) == 1);
        long token = token();
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            tickets.add((i % 2 == 0 ? one : other).queue(DUEL, 1500));
        }

        await("all tickets are matched").until(() -> formed(redis).size() == 100);

        List<String> inMatches = formed(redis).stream()
                .flatMap(match -> match.players().stream())
                .map(FormedMatch.FormedPlayer::ticketId)
                .toList();
        assertThat(inMatches)
                .containsExactlyInAnyOrderElementsOf(
                        tickets.stream().map(Ticket::ticketId).toList());
        assertThat(redis.commands().zcard(KEYS.queue())).isZero();
        assertThat(token()).as("nobody took the lease from the first").isEqualTo(token);
    }

    @Test
    void theSecondTicketIsMatchedWithoutWaitingForATick() {
        Replica replica = start();
        await("the lease is taken").until(() -> redis.commands().exists(KEYS.lease()) == 1);
        replica.queue(DUEL, 1500);
        Ticket second = replica.queue(DUEL, 1500);

        await("both are matched")
                .pollInterval(Duration.ofMillis(1))
                .until(() -> formed(redis).size() == 1);

        // Far less than any tick would take; it is a few milliseconds.
        assertThat(Duration.between(second.createdAt(), formed(redis).getFirst().formedAt()))
                .isLessThan(Duration.ofMillis(300));
    }

    @Test
    void twoWhoFitLaterAreMatchedAndNotBefore() {
        Replica replica = start();
        await("the lease is taken").until(() -> redis.commands().exists(KEYS.lease()) == 1);
        replica.queue(DUEL, 1500);
        Ticket second = replica.queue(DUEL, 1700);

        await("both are matched").until(() -> formed(redis).size() == 1);

        // 200 apart: (200 - 100) / 200 = 0.5 s after the younger came. ArrivalWaitTest: the loop wakes at that moment.
        assertThat(formed(redis).getFirst().formedAt())
                .isAfterOrEqualTo(second.createdAt().plusMillis(495));
    }

    @Test
    void playersAreToldWhatBecameOfTheirTickets() {
        Mode brief = TestModes.duel("brief", Duration.ofSeconds(1));
        Replica replica = Replica.start(uri, bus, DUEL, brief);
        replicas.add(replica);
        Queue<Frame> told = new ConcurrentLinkedQueue<>();
        String matched = dev.paddock.protocol.Id.next(new SplittableRandom());
        String expired = dev.paddock.protocol.Id.next(new SplittableRandom());
        try (Bus.Subscription ignored = hear(matched, told);
                Bus.Subscription ignoredToo = hear(expired, told)) {
            bus.flush(Duration.ofSeconds(2));
            Ticket one = replica.queue(DUEL, 1500, matched);
            replica.queue(DUEL, 1500);
            Ticket other = replica.queue(brief, 1500, expired);

            await("both are told").until(() -> told.size() == 2);

            assertThat(told)
                    .extracting(Frame::id)
                    .containsExactlyInAnyOrder(one.ticketId() + ".MATCHED", other.ticketId() + ".EXPIRED");
            assertThat(replica.again(other).state()).isEqualTo(TicketState.EXPIRED);
            await("the expired ticket holds its player no more")
                    .until(() -> redis.commands().exists(QueueKeys.claim(expired)) == 0);
            assertThat(redis.commands().exists(QueueKeys.claim(matched))).isEqualTo(1);
        }
    }

    @Test
    void aReplicaThatStopsHandsTheLeaseOver() {
        Replica first = start();
        await("the first has the lease").until(() -> redis.commands().exists(KEYS.lease()) == 1);
        long firstsToken = token();
        Replica second = start();
        second.queue(DUEL, 1500);
        Instant before = Instant.now();

        replicas.remove(first);
        first.close();
        second.queue(DUEL, 1500);

        await("the second matches").until(() -> formed(redis).size() == 1);
        // Sooner than the lease could have expired after its last renewal.
        assertThat(Duration.between(before, formed(redis).getFirst().formedAt()))
                .isLessThan(Duration.ofMillis(1900));
        assertThat(token()).isGreaterThan(firstsToken);
    }

    @Test
    void whenTheHolderIsKilledAnotherMatchesWhatWaits() {
        Replica first = start();
        await("the first has the lease").until(() -> redis.commands().exists(KEYS.lease()) == 1);
        Replica second = start();
        Ticket waits = second.queue(DUEL, 1500);

        first.kill();
        second.queue(DUEL, 1500);

        await("the second matches")
                .atMost(Duration.ofSeconds(10))
                .until(() -> formed(redis).size() == 1);
        assertThat(second.again(waits).state()).isEqualTo(TicketState.MATCHED);
    }

    @Test
    void ticketsThatCameWhileNobodyMatchedAreMatched() {
        Replica takesTickets = Replica.idle(uri, bus, DUEL);
        replicas.add(takesTickets);
        takesTickets.queue(DUEL, 1500);
        takesTickets.queue(DUEL, 1500);

        start();

        await("both are matched").until(() -> formed(redis).size() == 1);
    }

    @Test
    void arrivalsThatWereMissedAreReadFromTheQueue() {
        Replica replica = start();
        Ticket first = replica.queue(DUEL, 1500);
        await("the holder has read it").until(() -> redis.commands().xlen(KEYS.arrivals()) == 0);
        // As if a trimmed stream had lost entries: a number that no entry has, and a ticket that no entry names.
        redis.commands().del(KEYS.ticket(first.ticketId()));
        redis.commands().zrem(KEYS.queue(), first.ticketId());
        redis.commands().incr(KEYS.seq());

        replica.queue(DUEL, 1500);
        replica.queue(DUEL, 1500);

        await("the two that are there are matched").until(() -> formed(redis).size() == 1);
        assertThat(formed(redis).getFirst().players())
                .extracting(FormedMatch.FormedPlayer::ticketId)
                .doesNotContain(first.ticketId());
    }

    @Test
    void aTicketThatRedisHasAndNoArrivalNamesIsFoundByCounting() {
        Replica replica = start();
        Ticket first = replica.queue(DUEL, 1500);
        await("the holder has read it").until(() -> redis.commands().xlen(KEYS.arrivals()) == 0);
        var fields = redis.commands().hgetall(KEYS.ticket(first.ticketId()));
        fields.computeIfPresent(
                "ticket",
                (field, json) -> json.replace(first.ticketId(), "silent")
                        .replace(first.first().playerId(), "silent-player"));

        redis.commands().hset(KEYS.ticket("silent"), fields);
        redis.commands().zadd(KEYS.queue(), first.createdAt().toEpochMilli(), "silent");

        await("both are matched").until(() -> formed(redis).size() == 1);
    }

    @Test
    void matchmakingGoesOnAfterRedisWasKilledAndCameBack() {
        ServerHome home = ServerHome.in(folder.resolve("redis"), what -> {});
        RedisServer server = RedisServer.start(home, 0, "secret-of-a-test");
        try (Replica one = Replica.start(server.uri(0), bus, DUEL);
                Replica other = Replica.start(server.uri(0), bus, DUEL)) {
            one.queue(DUEL, 1500);
            other.queue(DUEL, 1500);
            await("the first two are matched").until(() -> formed(one.redis()).size() == 1);
            one.queue(DUEL, 1500);
            int port = server.port();

            server.process().kill();
            server = RedisServer.start(home, port, "secret-of-a-test");
            await("the fourth is queued").ignoreExceptions().until(() -> {
                other.queue(DUEL, 1500);
                return true;
            });

            await("the next two are matched")
                    .ignoreExceptions()
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> formed(one.redis()).size() == 2);
        } finally {
            server.close();
        }
    }

    private Replica start() {
        Replica replica = Replica.start(uri, bus, DUEL);
        replicas.add(replica);
        return replica;
    }

    private Bus.Subscription hear(String playerId, Queue<Frame> told) {
        return bus.subscribe(Subjects.player(playerId), null, envelope -> {
            if (envelope.read(PlayerEvent.class) instanceof PlayerEvent.Push(Frame frame)) {
                told.add(frame);
            }
        });
    }

    private long token() {
        return Long.parseLong(String.valueOf(redis.commands().get(KEYS.fence())));
    }

    private static List<FormedMatch> formed(TestRedis redis) {
        return redis.commands().xrange(KEYS.matches(), Range.unbounded()).stream()
                .map(entry -> Json.read(Objects.requireNonNull(entry.getBody().get("formed")), FormedMatch.class))
                .toList();
    }
}
