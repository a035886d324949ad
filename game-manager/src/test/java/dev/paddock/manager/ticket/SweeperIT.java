package dev.paddock.manager.ticket;

import static dev.paddock.manager.ticket.TwoReplicas.DUEL;
import static dev.paddock.manager.ticket.TwoReplicas.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.redis.TestRedis;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.mode.Mode;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the sweeper puts right after Redis or a replica has lost something. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweeperIT {
    private final SplittableRandom random = new SplittableRandom();
    private final TwoReplicas replicas = new TwoReplicas();
    private final TestRedis redis = replicas.redis();
    private final TestTickets here = replicas.here();
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
        return replicas.queued(wish);
    }

    private Wish wish(Mode mode) {
        return TestTickets.wish(Id.next(random), player, mode, 1500);
    }
}
