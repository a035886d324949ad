package dev.paddock.manager.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.bus.TestBus;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.mode.TestModes;
import dev.paddock.manager.redis.StreamEntry;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.mode.Mode;
import io.lettuce.core.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two instances of everything, each with a Redis connection of its own: two replicas. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TicketsIT {
    private static final Mode DUEL = TestModes.duel("duel");
    private static final Mode OTHER = TestModes.duel("other");
    private static final QueueKeys KEYS = new QueueKeys("duel");

    private final SplittableRandom random = new SplittableRandom();
    private final Modes modes = TestModes.modes(DUEL, OTHER);
    private final TestRedis redis = TestRedis.connect(TestRedis.shared());
    private final TestRedis otherRedis = TestRedis.connect(TestRedis.shared());
    private final Bus bus = TestBus.connect();
    private final TestTickets here = TestTickets.on(redis.redis(), modes, bus);
    private final TestTickets there = TestTickets.on(otherRedis.redis(), modes, bus);
    private final Tickets tickets = here.tickets();
    private String player = "";

    @BeforeEach
    void empty() {
        redis.commands().flushdb();
        player = Id.next(random);
    }

    @AfterAll
    void disconnect() {
        bus.close();
        redis.close();
        otherRedis.close();
    }

    @Test
    void aTicketWaitsInQueueAndHashAndArrivalsAndHoldsItsPlayer() {
        Ticket ticket = queued(wish(DUEL));

        assertThat(tickets.find(ticket.ticketId())).contains(ticket);
        assertThat(tickets.currentOf(player)).contains(ticket);
        assertThat(redis.commands().zscore(KEYS.queue(), ticket.ticketId()))
                .isEqualTo(ticket.createdAt().toEpochMilli());
        var arrivals = redis.commands().xrange(KEYS.arrivals(), Range.unbounded());
        assertThat(arrivals).hasSize(1);
        assertThat(arrivals.getFirst().getId()).isEqualTo("1-0");
        assertThat(arrivals.getFirst().getBody()).containsEntry("event", "queued");
        assertThat(Json.read(String.valueOf(arrivals.getFirst().getBody().get("tickets")), Ticket[].class))
                .containsExactly(ticket);
        assertThat(ticket.createdAt())
                .isBetween(Instant.now().minusSeconds(10), Instant.now().plusSeconds(10));
    }

    @Test
    void aPlayerWhoQueuesTwiceHoldsOnePlace() {
        Ticket ticket = queued(wish(DUEL));

        assertThat(tickets.queue(wish(DUEL))).isEqualTo(new QueueResult.AlreadyQueued(ticket.ticketId(), "duel"));
        assertThat(there.tickets().queue(wish(OTHER)))
                .isEqualTo(new QueueResult.AlreadyQueued(ticket.ticketId(), "duel"));
        assertThat(redis.commands().zcard(KEYS.queue())).isEqualTo(1);
    }

    @Test
    void theSameWishSaidAgainIsTheSameTicket() {
        Wish wish = wish(DUEL);
        Ticket ticket = queued(wish);

        assertThat(there.tickets().queue(wish)).isEqualTo(new QueueResult.SaidBefore(ticket));
        assertThat(redis.commands().zcard(KEYS.queue())).isEqualTo(1);
        assertThat(redis.commands().xlen(KEYS.arrivals())).isEqualTo(1);
    }

    @Test
    void theSameWishSaidAgainAfterItsEndHoldsThePlayerNoMore() {
        Wish wish = wish(DUEL);
        Ticket ticket = queued(wish);
        tickets.cancel(player, ticket.ticketId());

        assertThat(tickets.queue(wish))
                .asInstanceOf(InstanceOfAssertFactories.type(QueueResult.SaidBefore.class))
                .extracting(said -> said.ticket().state())
                .isEqualTo(TicketState.CANCELLED);
        assertThat(tickets.currentOf(player)).isEmpty();
        queued(wish(DUEL));
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

    @ParameterizedTest
    @CsvSource({"0, false", "9, false", "11, true", "3600, true"})
    void aClaimWhoseTicketNeverCameIsTakenOverOnceNobodyCanQueueItAnyMore(long secondsOld, boolean takenOver) {
        claimedBefore(Id.next(random), Duration.ofSeconds(secondsOld));

        QueueResult result = tickets.queue(wish(DUEL));

        assertThat(result).isInstanceOf(takenOver ? QueueResult.Queued.class : QueueResult.AlreadyQueued.class);
    }

    @Test
    void thePlaceIsTakenWhileTheWishIsStillBeingFetched() {
        Wish wish = wish(DUEL);
        AtomicReference<String> claim = new AtomicReference<>("");

        QueueResult result = tickets.queue(player, DUEL, wish.ticketId(), () -> {
            claim.set(redis.commands().get(QueueKeys.claim(player)));
            return wish;
        });

        assertThat(result).isInstanceOf(QueueResult.Queued.class);
        assertThat(claim.get()).startsWith("duel " + wish.ticketId() + " ");
    }

    @Test
    void aWishThatTookTooLongToFetchIsQueuedAllTheSame() {
        Wish wish = wish(DUEL);
        Instant until = Instant.now().plus(Enqueuing.WITHIN).plusMillis(100);

        QueueResult result = tickets.queue(player, DUEL, wish.ticketId(), () -> {
            await("the claim is too old").until(() -> Instant.now().isAfter(until));
            return wish;
        });

        assertThat(result).isInstanceOf(QueueResult.Queued.class);
        assertThat(tickets.currentOf(player)).map(Ticket::ticketId).contains(wish.ticketId());
    }

    @Test
    void aPlaceThatWasTakenForNothingIsGivenBack() {
        Ticket over = queued(wish(DUEL));
        tickets.cancel(player, over.ticketId());
        String other = Id.next(random);

        // The one for a ticket that is over, said again; the other for one that never was.
        assertThatIllegalStateException().isThrownBy(() -> tickets.queue(player, DUEL, over.ticketId(), this::fails));
        assertThatIllegalStateException().isThrownBy(() -> tickets.queue(other, DUEL, Id.next(random), this::fails));

        assertThat(redis.commands().exists(QueueKeys.claim(player), QueueKeys.claim(other)))
                .isEqualTo(2);
        await("both places are free")
                .atMost(Tickets.ABANDONED.plusSeconds(5))
                .until(() -> redis.commands().exists(QueueKeys.claim(player), QueueKeys.claim(other)) == 0);
    }

    @Test
    void aReplicaThatWasHeldUpBetweenTheStepsQueuesNothing() {
        Wish late = wish(DUEL);
        claimedBefore(late.ticketId(), Duration.ofSeconds(12));
        Ticket other = queued(wish(DUEL));

        QueueResult result = tickets.enqueue(late, Instant.now().minusSeconds(12));

        assertThat(result).isEqualTo(new QueueResult.TooLate());
        assertThat(tickets.find(late.ticketId())).isEmpty();
        assertThat(tickets.currentOf(player)).contains(other);
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

    @Test
    void whoIsRefusedLeavesThePlaceToTheSameWishSaidAgain() {
        Wish wish = wish(DUEL);
        claimedBefore(wish.ticketId(), Duration.ofSeconds(1));
        Instant taken = Instant.now().minusSeconds(1);
        Ticket ticket = queued(wish);
        redis.commands().del(KEYS.ticket(ticket.ticketId()));
        redis.commands().set(KEYS.seq(), "20001");

        QueueResult first = tickets.enqueue(wish, taken);

        assertThat(first).isEqualTo(new QueueResult.Busy());
        assertThat(redis.commands().get(QueueKeys.claim(player))).startsWith("duel " + wish.ticketId() + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "FORMED, false",
        "READY, false",
        "ENDED, true",
        "CANCELLED, true",
        // A match of which nothing is left.
        "'', true"
    })
    void aMatchedTicketHoldsItsPlayerWhileTheMatchLives(String state, boolean free) {
        Ticket ticket = queued(wish(DUEL));
        matched(ticket, "m1");
        if (!state.isEmpty()) {
            redis.commands().hset(KEYS.match("m1"), "state", state);
        }

        QueueResult result = there.tickets().queue(wish(OTHER));

        if (free) {
            assertThat(result).isInstanceOf(QueueResult.Queued.class);
        } else {
            assertThat(result).isEqualTo(new QueueResult.AlreadyInMatch(ticket.ticketId(), "duel"));
        }
    }

    @Test
    void anExpiredTicketHoldsNobody() {
        Ticket ticket = queued(wish(DUEL));
        redis.commands().hset(KEYS.ticket(ticket.ticketId()), "state", "EXPIRED");

        assertThat(tickets.queue(wish(DUEL))).isInstanceOf(QueueResult.Queued.class);
    }

    @Test
    void cancelledTwiceItIsCancelledOnce() {
        Ticket ticket = queued(wish(DUEL));

        CancelResult first = tickets.cancel(player, ticket.ticketId());
        CancelResult again = there.tickets().cancel(player, ticket.ticketId());

        assertThat(first).isInstanceOf(CancelResult.Cancelled.class).isEqualTo(again);
        assertThat(redis.commands().zcard(KEYS.queue())).isZero();
        assertThat(redis.commands().xlen(KEYS.arrivals())).isEqualTo(2);
        assertThat(redis.commands().pttl(KEYS.ticket(ticket.ticketId())))
                .isBetween(3_500_000L, QueueKeys.ENDED_LIVES.toMillis());
        assertThat(tickets.currentOf(player)).isEmpty();
        queued(wish(DUEL));
    }

    @Test
    void anothersTicketIsUnknown() {
        Ticket ticket = queued(wish(DUEL));
        String stranger = Id.next(random);

        assertThat(tickets.cancel(stranger, ticket.ticketId())).isEqualTo(new CancelResult.Unknown());
        assertThat(tickets.findOf(stranger, ticket.ticketId())).isEmpty();
        assertThat(tickets.cancel(player, Id.next(random))).isEqualTo(new CancelResult.Unknown());
        assertThat(tickets.findOf(player, "../../queue")).isEmpty();
        assertThat(tickets.find(ticket.ticketId())).contains(ticket);
    }

    /** The look before the script may be outdated or forged; the script itself must not be talked into it. */
    @Test
    void theScriptItselfCancelsNobodyElsesTicket() {
        Ticket ticket = queued(wish(DUEL));
        player = Id.next(random);
        Wish stranger = TestTickets.wish(ticket.ticketId(), player, DUEL, 1500);

        CancelResult result = tickets.cancel(
                Ticket.waiting(ticket.ticketId(), "duel", ticket.createdAt(), stranger.players(), Map.of()), null);

        assertThat(result).isEqualTo(new CancelResult.Unknown());
        assertThat(tickets.find(ticket.ticketId())).contains(ticket);
    }

    @Test
    void whatWasMatchedIsNotCancelled() {
        Ticket ticket = queued(wish(DUEL));
        matched(ticket, "m1");

        assertThat(tickets.cancel(player, ticket.ticketId()))
                .asInstanceOf(InstanceOfAssertFactories.type(CancelResult.Ended.class))
                .extracting(ended -> ended.ticket().matchId())
                .isEqualTo("m1");
        assertThat(tickets.currentOf(player)).isPresent();
    }

    @Test
    void aLaterTicketsClaimSurvivesTheReleaseOfAnEarlierOne() {
        Ticket first = queued(wish(DUEL));
        tickets.cancel(player, first.ticketId());
        Ticket second = queued(wish(DUEL));

        tickets.release(player, first.ticketId());

        assertThat(tickets.currentOf(player)).contains(second);
    }

    @Test
    void theSweeperGivesALostClaimBack() {
        Ticket ticket = queued(wish(DUEL));
        redis.commands().del(QueueKeys.claim(player));

        here.sweeper().sweep("duel", List.of(ticket));

        assertThat(tickets.currentOf(player)).contains(ticket);
        assertThat(tickets.queue(wish(OTHER))).isInstanceOf(QueueResult.AlreadyQueued.class);
    }

    @Test
    void theSweeperCancelsASecondTicket() {
        Ticket first = queued(wish(DUEL));
        redis.commands().del(QueueKeys.claim(player));
        Ticket second = queued(wish(OTHER));

        here.sweeper().sweep("duel", List.of(first));
        there.sweeper().sweep("other", List.of(second));

        assertThat(tickets.find(first.ticketId())).map(Ticket::state).contains(TicketState.CANCELLED);
        assertThat(tickets.find(second.ticketId())).contains(second);
        assertThat(tickets.currentOf(player)).contains(second);
    }

    @Test
    void theSweeperTakesAClaimBackFromATicketThatIsOver() {
        Ticket first = queued(wish(DUEL));
        String before = redis.commands().get(QueueKeys.claim(player));
        tickets.cancel(player, first.ticketId());
        Ticket second = queued(wish(OTHER));
        // As if Redis had forgotten what came after the first one's claim.
        redis.commands().set(QueueKeys.claim(player), before);

        here.sweeper().sweep("other", List.of(second));

        assertThat(tickets.currentOf(player)).contains(second);
    }

    @Test
    void theSweeperLeavesAloneWhatHasEnded() {
        Ticket ticket = queued(wish(DUEL));
        tickets.cancel(player, ticket.ticketId());

        here.sweeper().sweep("duel", List.of(ticket));

        assertThat(redis.commands().exists(QueueKeys.claim(player))).isZero();
    }

    private Ticket queued(Wish wish) {
        return ((QueueResult.Queued) tickets.queue(wish)).ticket();
    }

    private Wish fails() {
        throw new IllegalStateException("it went away");
    }

    private Wish wish(Mode mode) {
        return TestTickets.wish(Id.next(random), player, mode, 1500);
    }

    /** What a replica leaves that dies between the two steps. */
    private void claimedBefore(String ticketId, Duration ago) {
        long at = Instant.now().minus(ago).toEpochMilli();
        redis.commands().set(QueueKeys.claim(player), "duel " + ticketId + " " + at);
    }

    private void matched(Ticket ticket, String matchId) {
        redis.commands().hset(KEYS.ticket(ticket.ticketId()), Map.of("state", "MATCHED", "matchId", matchId));
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
