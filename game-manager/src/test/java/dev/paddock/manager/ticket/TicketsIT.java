package dev.paddock.manager.ticket;

import static dev.paddock.manager.ticket.TwoReplicas.DUEL;
import static dev.paddock.manager.ticket.TwoReplicas.KEYS;
import static dev.paddock.manager.ticket.TwoReplicas.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.redis.TestRedis;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.mode.Mode;
import io.lettuce.core.Range;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A ticket from its wish to its end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TicketsIT {
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

    private Ticket queued(Wish wish) {
        return replicas.queued(wish);
    }

    private Wish wish(Mode mode) {
        return TestTickets.wish(Id.next(random), player, mode, 1500);
    }

    private void matched(Ticket ticket, String matchId) {
        redis.commands().hset(KEYS.ticket(ticket.ticketId()), Map.of("state", "MATCHED", "matchId", matchId));
    }
}
