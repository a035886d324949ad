package dev.paddock.manager.matchmaking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.bus.TestBus;
import dev.paddock.manager.matchmaking.Proposals.Joining;
import dev.paddock.manager.matchmaking.Proposals.Seating;
import dev.paddock.manager.matchmaking.Seatings.Outcome;
import dev.paddock.manager.matchmaking.Seatings.Taking;
import dev.paddock.manager.mode.TestModes;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.SeatOffer;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.mode.Mode;
import io.lettuce.core.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeatingsIT {
    private static final Mode DUEL = TestModes.duel("duel");
    private static final QueueKeys KEYS = new QueueKeys("duel");
    private static final Duration KEEP = Duration.ofHours(2);
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String MATCH = "match-that-runs";

    private final Bus bus = TestBus.connect();
    private final Replica replica = Replica.idle(TestRedis.shared(), bus, DUEL);
    private final TestRedis redis = replica.redis();
    private final Seatings seatings = new Seatings(redis.redis(), KEYS);
    private long token;

    @BeforeEach
    void empty() {
        redis.commands().flushdb();
        token = ((Lease.Taking.Taken) new Lease(redis.redis(), KEYS, "one").take())
                .tenure()
                .token();
    }

    @AfterAll
    void disconnect() {
        replica.close();
        bus.close();
    }

    @Test
    void aTakingTakesItsTicketsAndTheOffer() {
        Ticket ticket = replica.queue(DUEL, 1500);
        Taking taking = taking(offered(1), ticket);

        assertThat(take(taking)).containsExactly(new Outcome.Taken());

        assertThat(replica.again(ticket)).isEqualTo(ticket.ended(TicketState.MATCHED, MATCH, NOW));
        assertThat(redis.commands().zcard(KEYS.queue())).isZero();
        assertThat(redis.commands().hgetall(KEYS.seats())).isEmpty();
        Map<String, String> match = redis.commands().hgetall(KEYS.match(MATCH));
        assertThat(match).containsEntry("roster", "1").doesNotContainKey("offered");
        assertThat(match).containsEntry("seating", Json.text(taking.taken()));
        assertThat(redis.commands().xrange(KEYS.matches(), Range.unbounded()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.getBody())
                        .isEqualTo(Map.of("matchId", MATCH, "roster", "1", "seating", Json.text(taking.taken()))));
        assertThat(redis.commands().zscore(KEYS.live(), MATCH))
                .isEqualTo(NOW.plus(Commits.FIRST_LOOK).toEpochMilli());
    }

    @Test
    void saidTwiceItIsTakenOnce() {
        Taking taking = taking(offered(1), replica.queue(DUEL, 1500));

        assertThat(take(taking)).containsExactly(new Outcome.Taken());
        assertThat(take(taking)).containsExactly(new Outcome.Taken());

        assertThat(redis.commands().xlen(KEYS.matches())).isEqualTo(1);
        assertThat(redis.commands().hget(KEYS.match(MATCH), "roster")).isEqualTo("1");
    }

    @Test
    void anOfferIsTakenOnce() {
        SeatOffer offer = offered(1);
        Ticket second = replica.queue(DUEL, 1500);
        take(taking(offer, replica.queue(DUEL, 1500)));

        assertThat(take(taking(offer, second))).containsExactly(new Outcome.Shut());

        assertThat(replica.again(second)).isEqualTo(second);
    }

    @Test
    void anOfferThatWasReplacedIsNotTaken() {
        SeatOffer old = offered(1);
        offered(2);
        Ticket ticket = replica.queue(DUEL, 1500);

        assertThat(take(taking(old, ticket))).containsExactly(new Outcome.Shut());

        assertThat(replica.again(ticket)).isEqualTo(ticket);
    }

    @Test
    void aMatchThatIsOverTakesNobody() {
        Ticket ticket = replica.queue(DUEL, 1500);
        SeatOffer offer = offered(1);
        redis.commands().hset(KEYS.match(MATCH), "state", "ENDED");

        assertThat(take(taking(offer, ticket))).containsExactly(new Outcome.Shut());

        assertThat(replica.again(ticket)).isEqualTo(ticket);
    }

    @Test
    void allTicketsOfATakingAreTakenOrNone() {
        Ticket stays = replica.queue(DUEL, 1500);
        Ticket gone = replica.queue(DUEL, 1500);
        SeatOffer offer = offered(1);
        replica.tickets().tickets().cancel(gone.first().playerId(), gone.ticketId());

        assertThat(take(taking(offer, stays, gone))).containsExactly(new Outcome.Gone(List.of(gone.ticketId())));

        assertThat(replica.again(stays)).isEqualTo(stays);
        assertThat(redis.commands().hget(KEYS.match(MATCH), "offered")).isEqualTo("1");
        assertThat(take(taking(offer, stays))).containsExactly(new Outcome.Taken());
    }

    @Test
    void aHolderThatLostTheLeaseTakesNothing() {
        Ticket ticket = replica.queue(DUEL, 1500);
        Taking taking = taking(offered(1), ticket);
        redis.commands().del(KEYS.lease());
        new Lease(redis.redis(), KEYS, "other").take();

        assertThat(seatings.take(token, List.of(taking), NOW, KEEP)).isEmpty();

        assertThat(replica.again(ticket)).isEqualTo(ticket);
        assertThat(redis.commands().exists(KEYS.matches())).isZero();
    }

    @Test
    void whoTakesTheLeaseOverKnowsWhatIsOffered() {
        SeatOffer offer = offered(1);
        Waiting waiting = new Waiting(redis.redis(), KEYS, new Rules(DUEL, List.of("eu")));

        waiting.load();

        assertThat(waiting.offers()).containsExactly(offer);
    }

    private List<Outcome> take(Taking taking) {
        return seatings.take(token, List.of(taking), NOW, KEEP).orElseThrow();
    }

    private static Taking taking(SeatOffer offer, Ticket... tickets) {
        List<Joining> joining =
                Arrays.stream(tickets).map(ticket -> new Joining(ticket, 1)).toList();
        return Taking.of(new Seating(offer, joining), NOW);
    }

    /** A match that runs and offers a seat. */
    private SeatOffer offered(int number) {
        Ticket plays = Waiters.ticket("plays", 1500, 0);
        SeatOffer offer =
                new SeatOffer(MATCH, "duel", "eu", number, 0, List.of(0, 1), List.of(List.of(plays), List.of()), NOW);
        redis.commands()
                .hset(
                        KEYS.match(MATCH),
                        Map.of("state", "READY", "serverId", "server", "offered", Integer.toString(number)));
        redis.commands().hset(KEYS.seats(), MATCH, Json.text(offer));
        redis.commands().zadd(KEYS.live(), NOW.plusSeconds(10).toEpochMilli(), MATCH);
        return offer;
    }
}
