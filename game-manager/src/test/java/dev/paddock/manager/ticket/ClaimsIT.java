package dev.paddock.manager.ticket;

import static dev.paddock.manager.ticket.TwoReplicas.DUEL;
import static dev.paddock.manager.ticket.TwoReplicas.KEYS;
import static dev.paddock.manager.ticket.TwoReplicas.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.paddock.manager.redis.TestRedis;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.mode.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A player's one place: whom it holds up, and when it is given back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClaimsIT {
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
        redis.commands().set(KEYS.read(), "20001");
        player = Id.next(random);
        await("others are let in again").until(() -> tickets.queue(wish(DUEL)) instanceof QueueResult.Queued);
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
    void aClaimWhoseTicketRedisHasForgottenIsGivenBackOnceSomebodyHasAsked() {
        Ticket ticket = queued(wish(DUEL));
        redis.commands().del(KEYS.ticket(ticket.ticketId()));
        redis.commands().zrem(KEYS.queue(), ticket.ticketId());

        assertThat(tickets.findOf(player, ticket.ticketId())).isEmpty();

        await("the claim is given back")
                .atMost(Tickets.ABANDONED.multipliedBy(3))
                .until(() -> redis.commands().get(QueueKeys.claim(player)) == null);
    }

    @Test
    void aLaterTicketsClaimSurvivesTheReleaseOfAnEarlierOne() {
        Ticket first = queued(wish(DUEL));
        tickets.cancel(player, first.ticketId());
        Ticket second = queued(wish(DUEL));

        tickets.release(player, first.ticketId());

        assertThat(tickets.currentOf(player)).contains(second);
    }

    private Ticket queued(Wish wish) {
        return replicas.queued(wish);
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
}
