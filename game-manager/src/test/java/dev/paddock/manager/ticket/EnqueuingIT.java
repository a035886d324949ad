package dev.paddock.manager.ticket;

import static dev.paddock.manager.ticket.TwoReplicas.DUEL;
import static dev.paddock.manager.ticket.TwoReplicas.KEYS;
import static dev.paddock.manager.ticket.TwoReplicas.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.manager.redis.StreamEntry;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.mode.Mode;
import io.lettuce.core.Range;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many wishes at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnqueuingIT {
    private final SplittableRandom random = new SplittableRandom();
    private final TwoReplicas replicas = new TwoReplicas();
    private final TestRedis redis = replicas.redis();
    private final TestTickets there = replicas.there();
    private final Tickets tickets = replicas.here().tickets();
    private String player = "";

    @BeforeEach
    void empty() {
        redis.commands().flushdb();
        player = Id.next(random);
    }

    @AfterAll
    void disconnect() {
        replicas.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void of100PostsAtOnceOnTwoReplicasOneIsQueued(int round) throws Exception {
        List<Callable<QueueResult>> posts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Wish wish = wish(i % 3 == 0 ? OTHER : DUEL);
            Tickets replica = i % 2 == 0 ? tickets : there.tickets();
            posts.add(() -> replica.queue(wish));
        }

        List<QueueResult> results = together(posts);

        assertThat(results)
                .as("round %s", round)
                .filteredOn(QueueResult.Queued.class::isInstance)
                .hasSize(1);
        assertThat(results)
                .filteredOn(QueueResult.AlreadyQueued.class::isInstance)
                .hasSize(99);
        long waiting = redis.commands().zcard(KEYS.queue()) + redis.commands().zcard(new QueueKeys("other").queue());
        assertThat(waiting).isEqualTo(1);
    }

    @Test
    void theSameIdempotencyKeyAtOnceOnTwoReplicasIsOneTicketForAll() throws Exception {
        Wish wish = wish(DUEL);
        List<Callable<QueueResult>> posts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Tickets replica = i % 2 == 0 ? tickets : there.tickets();
            posts.add(() -> replica.queue(wish));
        }

        List<QueueResult> results = together(posts);

        assertThat(results).filteredOn(QueueResult.Queued.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(QueueResult.SaidBefore.class::isInstance).hasSize(39);
        assertThat(redis.commands().zcard(KEYS.queue())).isEqualTo(1);
    }

    @Test
    void whoComesWhenMoreArriveThanAreMatchedIsRefusedAndHoldsNothing() {
        redis.commands().set(KEYS.seq(), "20000");

        assertThat(tickets.queue(wish(DUEL))).isEqualTo(new QueueResult.Busy());

        assertThat(tickets.currentOf(player)).isEmpty();
        assertThat(redis.commands().exists(QueueKeys.claim(player))).isZero();
        assertThat(redis.commands().zcard(KEYS.queue())).isZero();
        redis.commands().set(KEYS.read(), "20000");
        await("they are let in again").until(() -> tickets.queue(wish(DUEL)) instanceof QueueResult.Queued);
    }

    @Test
    void ticketsThatAreQueuedTogetherAllWaitEachOnce() throws Exception {
        List<Callable<QueueResult>> posts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Wish wish = TestTickets.wish(Id.next(random), Id.next(random), DUEL, 1500);
            posts.add(() -> tickets.queue(wish));
        }

        List<QueueResult> results = together(posts);

        assertThat(results).allMatch(QueueResult.Queued.class::isInstance);
        assertThat(redis.commands().zcard(KEYS.queue())).isEqualTo(500);
        var arrivals = redis.commands().xrange(KEYS.arrivals(), Range.unbounded());
        assertThat(arrivals.stream()
                        .map(entry -> Json.read(String.valueOf(entry.getBody().get("tickets")), Ticket[].class))
                        .flatMap(Stream::of))
                .containsExactlyInAnyOrderElementsOf(results.stream()
                        .map(result -> ((QueueResult.Queued) result).ticket())
                        .toList());
        assertThat(arrivals.getLast().getId()).isEqualTo("500-0");
    }

    /** Two replicas hear each wish: one of the two is refused, and its batch arrives without it. */
    @Test
    void wishesThatAreSaidTwiceAtOnceArriveOnce() throws Exception {
        List<Callable<QueueResult>> posts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Wish wish = TestTickets.wish(Id.next(random), Id.next(random), DUEL, 1500);
            Instant at = Instant.now();
            posts.add(() -> tickets.enqueue(wish, at));
            posts.add(() -> tickets.enqueue(wish, at));
            posts.add(() -> there.tickets().enqueue(wish, at));
        }

        List<QueueResult> results = together(posts);

        List<Ticket> queued = results.stream()
                .flatMap(
                        result -> result instanceof QueueResult.Queued(Ticket ticket) ? Stream.of(ticket) : Stream.of())
                .toList();
        assertThat(queued).hasSize(200);
        List<Arrival> arrivals = redis.commands().xrange(KEYS.arrivals(), Range.unbounded()).stream()
                .map(entry -> Arrival.of(new StreamEntry(entry.getId(), entry.getBody())))
                .toList();
        assertThat(arrivals.stream().flatMap(arrival -> arrival.queued().stream()))
                .containsExactlyInAnyOrderElementsOf(queued);
        long last = 0;
        for (Arrival arrival : arrivals) {
            assertThat(arrival.after()).isEqualTo(last);
            last = arrival.seq();
        }
        assertThat(last).isEqualTo(200);
    }

    private Wish wish(Mode mode) {
        return TestTickets.wish(Id.next(random), player, mode, 1500);
    }

    private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
