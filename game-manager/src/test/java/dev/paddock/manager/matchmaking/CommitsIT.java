package dev.paddock.manager.matchmaking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.bus.TestBus;
import dev.paddock.manager.matchmaking.Commits.Forming;
import dev.paddock.manager.matchmaking.Proposals.Proposal;
import dev.paddock.manager.mode.TestModes;
import dev.paddock.manager.redis.Streams;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.manager.ticket.CancelResult;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.mode.Mode;
import io.lettuce.core.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommitsIT {
    private static final Mode DUEL = TestModes.duel("duel");
    private static final QueueKeys KEYS = new QueueKeys("duel");
    private static final Duration KEEP = Duration.ofHours(2);
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final SplittableRandom random = new SplittableRandom();
    private final Bus bus = TestBus.connect();
    private final Replica replica = Replica.idle(TestRedis.shared(), bus, DUEL);
    private final Replica other = Replica.idle(TestRedis.shared(), bus, DUEL);
    private final TestRedis redis = replica.redis();
    private final Commits commits = new Commits(redis.redis(), KEYS);
    private final Lease lease = new Lease(redis.redis(), KEYS, "one");
    private final Lease othersLease = new Lease(redis.redis(), KEYS, "other");
    private long token;

    @BeforeEach
    void empty() {
        redis.commands().flushdb();
        token = taken(lease).token();
    }

    @AfterAll
    void disconnect() {
        replica.close();
        other.close();
        bus.close();
    }

    @Test
    void aMatchTakesItsTicketsAndIsAppended() {
        Ticket a = replica.queue(DUEL, 1500);
        Ticket b = replica.queue(DUEL, 1510);
        Forming forming = forming(a, b);

        assertThat(commits.form(token, List.of(forming), NOW, KEEP)).contains(List.of(List.of()));

        String matchId = forming.match().matchId();
        assertThat(replica.again(a)).isEqualTo(a.ended(TicketState.MATCHED, matchId, NOW));
        assertThat(redis.commands().zcard(KEYS.queue())).isZero();
        var entry = redis.commands().xrange(KEYS.matches(), Range.unbounded()).getFirst();
        assertThat(Json.read(String.valueOf(entry.getBody().get("formed")), FormedMatch.class))
                .isEqualTo(forming.match());
        assertThat(redis.commands().hgetall(KEYS.match(matchId)))
                .containsEntry("state", "FORMED")
                .containsEntry("entry", entry.getId())
                .containsEntry("at.formed", NOW.toString())
                .containsEntry("at.queued", b.createdAt().toString());
        assertThat(redis.commands().zscore(KEYS.live(), matchId))
                .isEqualTo(NOW.plus(Commits.FIRST_LOOK).toEpochMilli());
    }

    @Test
    void saidTwiceItIsFormedOnce() {
        Forming forming = forming(replica.queue(DUEL, 1500), replica.queue(DUEL, 1500));

        assertThat(commits.form(token, List.of(forming), NOW, KEEP)).contains(List.of(List.of()));
        assertThat(commits.form(token, List.of(forming), NOW, KEEP)).contains(List.of(List.of()));

        assertThat(redis.commands().xlen(KEYS.matches())).isEqualTo(1);
    }

    @Test
    void ofABatchEachMatchGetsAllOfItsTicketsOrNone() {
        Ticket a = replica.queue(DUEL, 1500);
        Ticket b = replica.queue(DUEL, 1500);
        Ticket c = replica.queue(DUEL, 1500);
        Ticket d = replica.queue(DUEL, 1500);
        replica.tickets().tickets().cancel(b.first().playerId(), b.ticketId());

        var answers = commits.form(token, List.of(forming(a, b), forming(c, d)), NOW, KEEP);

        assertThat(answers).contains(List.of(List.of(b.ticketId()), List.of()));
        assertThat(replica.again(a)).isEqualTo(a);
        assertThat(replica.again(c).state()).isEqualTo(TicketState.MATCHED);
        assertThat(redis.commands().xlen(KEYS.matches())).isEqualTo(1);
    }

    @Test
    void twoMatchesOfABatchCannotShareATicket() {
        Ticket a = replica.queue(DUEL, 1500);
        Ticket b = replica.queue(DUEL, 1500);
        Ticket c = replica.queue(DUEL, 1500);

        var answers = commits.form(token, List.of(forming(a, b), forming(b, c)), NOW, KEEP);

        assertThat(answers).contains(List.of(List.of(), List.of(b.ticketId())));
        assertThat(replica.again(c)).isEqualTo(c);
    }

    @Test
    void aHolderThatWasPausedPastItsExpiryFormsAndExpiresNothing() {
        Ticket a = replica.queue(DUEL, 1500);
        Ticket b = replica.queue(DUEL, 1500);
        // What the pause amounts to: the lease is gone, and another has taken it.
        redis.commands().del(KEYS.lease());
        long newer = taken(othersLease).token();

        assertThat(commits.form(token, List.of(forming(a, b)), NOW, KEEP)).isEmpty();
        assertThat(commits.expire(token, List.of(a.ticketId()), NOW)).isEmpty();
        assertThat(lease.renew(new Tenure(token, System.nanoTime()), 1)).isInstanceOf(Lease.Renewal.Lost.class);

        assertThat(newer).isGreaterThan(token);
        assertThat(replica.again(a)).isEqualTo(a);
        assertThat(redis.commands().exists(KEYS.matches())).isZero();
        assertThat(commits.form(newer, List.of(forming(a, b)), NOW, KEEP)).contains(List.of(List.of()));
    }

    @Test
    void theLeaseIsOnePersonsUntilGivenBack() {
        assertThat(othersLease.take()).isInstanceOf(Lease.Taking.Held.class);
        othersLease.release();
        assertThat(othersLease.take()).isInstanceOf(Lease.Taking.Held.class);

        lease.release();

        assertThat(taken(othersLease).token()).isGreaterThan(token);
    }

    @Test
    void aRenewalSaysWhatToCompareWithAndThrowsAwayWhatWasRead() {
        replica.queue(DUEL, 1500);
        replica.queue(DUEL, 1500);
        replica.queue(DUEL, 1500);

        var renewal = lease.renew(new Tenure(token, System.nanoTime()), 3);

        assertThat(renewal).isInstanceOf(Lease.Renewal.Renewed.class);
        var renewed = (Lease.Renewal.Renewed) renewal;
        assertThat(renewed.waiting()).isEqualTo(3);
        assertThat(renewed.seq()).isEqualTo(3);
        assertThat(Duration.between(renewed.at(), Instant.now()).abs()).isLessThan(Duration.ofSeconds(10));
        assertThat(redis.commands().xlen(KEYS.arrivals())).isEqualTo(1);
    }

    @Test
    void aNumberThatIsMissingAmongTheArrivalsIsSeen() {
        Waiting waiting = new Waiting(redis.redis(), KEYS, new Rules(DUEL, List.of("eu")));
        waiting.load();
        Ticket first = replica.queue(DUEL, 1500);
        Ticket lost = replica.queue(DUEL, 1500);
        Ticket last = replica.queue(DUEL, 1500);
        redis.commands().xdel(KEYS.arrivals(), "2-0");
        try (Streams streams = redis.redis().openStreams()) {
            var arrivals = streams.after(KEYS.arrivals(), waiting.lastEntry(), 10, Duration.ofSeconds(1));

            assertThat(arrivals).hasSize(2);
            assertThat(waiting.arrived(arrivals)).isFalse();
        }
        assertThat(waiting.load()).isEmpty();
        assertThat(waiting.createdUpTo(Instant.MAX)).containsExactlyInAnyOrder(first, lost, last);
        assertThat(waiting.agrees(3, 3)).isTrue();
        assertThat(waiting.agrees(2, 3)).isFalse();
        // What was not read yet is no difference; a Redis that has lost numbers is one.
        assertThat(waiting.agrees(2, 4)).isTrue();
        assertThat(waiting.agrees(3, 2)).isFalse();
    }

    @Test
    void onlyWhatWaitsExpiresAndIdsWithoutATicketLeaveTheQueue() {
        Ticket waits = replica.queue(DUEL, 1500);
        Ticket cancelled = replica.queue(DUEL, 1500);
        replica.tickets().tickets().cancel(cancelled.first().playerId(), cancelled.ticketId());
        redis.commands().zadd(KEYS.queue(), 1, "orphan");

        var answers = commits.expire(token, List.of(waits.ticketId(), cancelled.ticketId(), "orphan"), NOW);

        assertThat(answers).contains(List.of(true, false, false));
        assertThat(commits.expire(token, List.of(waits.ticketId()), NOW)).contains(List.of(false));
        assertThat(replica.again(waits).state()).isEqualTo(TicketState.EXPIRED);
        assertThat(replica.again(cancelled).state()).isEqualTo(TicketState.CANCELLED);
        assertThat(redis.commands().zcard(KEYS.queue())).isZero();
    }

    @RepeatedTest(100)
    void aTicketIsCancelledOrMatchedAndNeverBoth() throws Exception {
        Ticket a = replica.queue(DUEL, 1500);
        Ticket b = replica.queue(DUEL, 1500);
        Forming forming = forming(a, b);
        CyclicBarrier together = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<CancelResult> cancel = threads.submit(() -> {
                together.await();
                return other.tickets().tickets().cancel(a.first().playerId(), a.ticketId());
            });
            together.await();
            boolean formed = commits.form(token, List.of(forming), NOW, KEEP)
                    .orElseThrow()
                    .getFirst()
                    .isEmpty();

            boolean cancelled = cancel.get() instanceof CancelResult.Cancelled;
            assertThat(cancelled).isNotEqualTo(formed);
            assertThat(replica.again(a).state()).isEqualTo(formed ? TicketState.MATCHED : TicketState.CANCELLED);
            assertThat(replica.again(b).state()).isEqualTo(formed ? TicketState.MATCHED : TicketState.WAITING);
            assertThat(redis.commands().exists(KEYS.matches())).isEqualTo(formed ? 1 : 0);
        }
    }

    private Forming forming(Ticket... tickets) {
        List<List<Ticket>> teams =
                java.util.Arrays.stream(tickets).map(List::of).toList();
        return Forming.of(new Proposal("eu", teams), Id.next(random), "duel", NOW);
    }

    private static Tenure taken(Lease lease) {
        return ((Lease.Taking.Taken) lease.take()).tenure();
    }
}
