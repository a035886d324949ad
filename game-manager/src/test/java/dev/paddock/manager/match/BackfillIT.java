package dev.paddock.manager.match;

import static dev.paddock.manager.FakeDirector.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestSocket;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.SeatPlayers;
import dev.paddock.protocol.server.ServerReply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Matches of two that run, and have room for two more, on two replicas. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackfillIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final TwoManagers managers = new TwoManagers("backfill");
    private final TestManager a = managers.a();
    private final TestManager b = managers.b();
    private final TestRedis redis = managers.redis();

    @AfterAll
    void stop() {
        managers.close();
    }

    @AfterEach
    void close() throws Exception {
        managers.closeOpened();
    }

    @Test
    void aPlayerWhoQueuesGetsAFreeSeatOfTheMatchThatRuns() {
        RunningMatch running = running();
        Player cid = a.api().newPlayer();
        TestSocket cids = managers.socket(b, cid);

        running.director().say(running.seats(1, 0, 1));
        Ticket ticket = MatchFixture.queue(a, cid, running.director());

        SeatPlayers said = running.director().nextSeated();
        assertThat(said.serverId()).isEqualTo(running.serverId());
        assertThat(said.roster()).isEqualTo(1);
        assertThat(ids(said.players()))
                .containsExactlyElementsOf(Stream.concat(running.players(), Stream.of(cid.playerId()))
                        .toList());
        JsonNode matched = cids.next("PlayerMatched");
        assertThat(matched.path("id").asText()).isEqualTo(running.matchId() + ".matched.1");
        assertThat(matched.path("matchId").asText()).isEqualTo(running.matchId());
        assertThat(matched.path("joinToken").asText()).isNotEmpty();
        assertThat(matched.path("players")).hasSize(3);
        assertThat(managers.again(ticket).matchId()).isEqualTo(running.matchId());
        assertThat(running.director().matchesAsked()).containsExactly(running.matchId());
        // The same frame whenever the player comes back.
        TestSocket later = managers.socket(a, cid);
        assertThat(later.next("PlayerMatched").path("id")).isEqualTo(matched.path("id"));
        await("nothing is left to say").atMost(SOON).until(() -> entries(running) == 0);
        assertThat(redis.commands().hgetall(running.keys().seats())).isEmpty();
    }

    @Test
    void aTicketThatWaitsGetsTheSeatThatIsFreeLater() {
        RunningMatch running = running();
        Player cid = b.api().newPlayer();
        MatchFixture.queue(b, cid, running.director());

        running.director().say(running.seats(1, 0, 1));

        assertThat(ids(running.director().nextSeated().players())).contains(cid.playerId());
    }

    @Test
    void theEndOfTheMatchIsTheNewcomersToo() {
        RunningMatch running = running();
        Player cid = a.api().newPlayer();
        TestSocket cids = managers.socket(a, cid);
        running.director().say(running.seats(1, 0, 1));
        MatchFixture.queue(a, cid, running.director());
        cids.next("PlayerMatched");

        running.director().say(ended(running.start(), running.serverId()));

        assertThat(cids.next("MatchEnded").path("matchId").asText()).isEqualTo(running.matchId());
        await("the player is free")
                .atMost(SOON)
                .until(() -> redis.commands().get(QueueKeys.claim(cid.playerId())) == null);
    }

    @Test
    void whomTheServerRefusesWaitsAgainFirstAndAsLongAsBefore() {
        RunningMatch running = running();
        running.director().answerSeats(request -> new ServerReply.Refused(request.serverId(), "no-free-seat"));
        Player cid = a.api().newPlayer();
        TestSocket cids = managers.socket(a, cid);
        running.director().say(running.seats(1, 0, 1));

        Ticket before = MatchFixture.queue(b, cid, running.director());

        JsonNode told = cids.next("MatchCancelled");
        assertThat(told.path("reason").asText()).isEqualTo("no-free-seat");
        assertThat(told.path("ticketId").asText()).isEqualTo(before.ticketId());
        Ticket now = managers.again(before);
        assertThat(now.state()).isEqualTo(TicketState.WAITING);
        assertThat(now.returned()).isTrue();
        assertThat(now.createdAt()).isEqualTo(before.createdAt());
        // What the server said before it heard of the newcomer is out of date; what it says now counts.
        running.director().answerSeats(request -> new ServerReply.Accepted(request.serverId()));
        running.director().say(running.seats(2, 0, 1));
        assertThat(redis.commands().hgetall(running.keys().seats())).isEmpty();
        running.director().say(running.seats(3, 1, 1));
        SeatPlayers next = running.director().nextSeated();
        // The first taking may have been asked about more than once.
        while (next.roster() == 1) {
            next = running.director().nextSeated();
        }
        assertThat(next.roster()).isEqualTo(2);
        assertThat(cids.next("PlayerMatched").path("id").asText()).isEqualTo(running.matchId() + ".matched.2");
    }

    @Test
    void nobodyIsToldOfAMatchWhoseServerIsSilentAndTheServerHearsThatNobodyComes() {
        RunningMatch running = running();
        running.director().answerSeats(request -> request.roster() == 1 ? null : accepted(request));
        Player cid = a.api().newPlayer();
        TestSocket cids = managers.socket(a, cid);
        running.director().say(running.seats(1, 0, 1));
        Ticket ticket = MatchFixture.queue(a, cid, running.director());
        running.director().nextSeated();

        JsonNode welcome = managers.socket(b, cid).next("Welcome");

        assertThat(welcome.has("match")).isFalse();
        assertThat(cid.api().get("/v1/matches/" + running.matchId()).problem()).isEqualTo("not-found");
        assertThat(cids.next("MatchCancelled").path("ticketId").asText()).isEqualTo(ticket.ticketId());
        SeatPlayers last = running.director().nextSeated();
        while (last.roster() == 1) {
            last = running.director().nextSeated();
        }
        assertThat(last.roster()).isEqualTo(2);
        assertThat(ids(last.players()))
                .containsExactlyElementsOf(running.players().toList());
        await("nothing is left to say").atMost(SOON).until(() -> entries(running) == 0);
    }

    @Test
    void whoIsUnderWayWhenTheMatchEndsWaitsAgain() {
        RunningMatch running = running();
        running.director().answerSeats(request -> null);
        Player cid = a.api().newPlayer();
        TestSocket cids = managers.socket(a, cid);
        running.director().say(running.seats(1, 0, 1));
        Ticket before = MatchFixture.queue(a, cid, running.director());
        running.director().nextSeated();

        running.director().say(ended(running.start(), running.serverId()));

        assertThat(cids.next("MatchCancelled").path("ticketId").asText()).isEqualTo(before.ticketId());
        Ticket now = managers.again(before);
        assertThat(now.state()).isEqualTo(TicketState.WAITING);
        assertThat(now.createdAt()).isEqualTo(before.createdAt());
        await("nothing is left to say").atMost(SOON).until(() -> entries(running) == 0);
        assertThat(redis.commands().hget(running.keys().match(running.matchId()), "seating"))
                .isNull();
    }

    @Test
    void whomAServerLetsInWhoseMatchEndsMeanwhileWaitsAgain() {
        RunningMatch running = running();
        running.director().answerSeats(request -> {
            running.director().say(ended(running.start(), running.serverId()));
            return accepted(request);
        });
        Player cid = a.api().newPlayer();
        TestSocket cids = managers.socket(a, cid);
        running.director().say(running.seats(1, 0, 1));

        Ticket before = MatchFixture.queue(b, cid, running.director());

        assertThat(cids.next("MatchCancelled").path("ticketId").asText()).isEqualTo(before.ticketId());
        await("nothing is left to say").atMost(SOON).until(() -> entries(running) == 0);
        assertOneEnd(running, before, false);
    }

    /** In some rounds nobody is under way yet when the end is said, in some the server was asked, in some it has agreed. */
    @RepeatedTest(12)
    void theEndAndASeatRaceAndWhoWasUnderWayPlaysOrWaits(RepetitionInfo round) throws Exception {
        RunningMatch running = running();
        Player cid = a.api().newPlayer();
        TestSocket cids = managers.socket(a, cid);
        CountDownLatch asked = new CountDownLatch(1);
        running.director().answerSeats(request -> {
            asked.countDown();
            return accepted(request);
        });
        running.director().say(running.seats(1, 0, 1));
        Ticket before;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> end = threads.submit(() -> {
                boolean first = asked.await(2L * round.getCurrentRepetition(), TimeUnit.MILLISECONDS);
                running.director().say(ended(running.start(), running.serverId()));
                return first;
            });
            before = MatchFixture.queue(b, cid, running.director());
            end.get();
        }

        await("nothing is left to say").atMost(SOON).until(() -> entries(running) == 0);
        boolean played = stored(running).hasPlayer(cid.playerId());
        if (played) {
            assertThat(cids.next("MatchEnded").path("matchId").asText()).isEqualTo(running.matchId());
        }
        assertOneEnd(running, before, played);
    }

    @Test
    void seatsThatAreShutAreTakenByNobody() {
        RunningMatch running = running();
        Player cid = a.api().newPlayer();
        running.director().say(running.seats(1, 0, 1));
        running.director().say(running.seats(2, 0, 0));
        running.director().say(running.seats(1, 0, 1));

        Ticket ticket = MatchFixture.queue(a, cid, running.director());
        // A second one, so that the first is matched, by whichever way there is.
        MatchFixture.queue(a, a.api().newPlayer(), running.director());

        await("a new match")
                .atMost(SOON)
                .until(() -> running.director().matchesAsked().size() == 2);
        assertThat(managers.again(ticket).matchId())
                .isNotEqualTo(running.matchId())
                .isIn(running.director().matchesAsked());
        assertThat(running.director().timesSeated()).isZero();
    }

    /** The match is over, and match, ticket and queue are of one mind on whether the newcomer was its player. */
    private void assertOneEnd(RunningMatch running, Ticket before, boolean played) {
        Ticket now = managers.again(before);
        StoredMatch match = stored(running);
        assertThat(match.state()).isEqualTo(MatchState.ENDED);
        assertThat(match.joined().seating()).isNull();
        assertThat(match.hasPlayer(before.first().playerId())).isEqualTo(played);
        assertThat(now.state()).isEqualTo(played ? TicketState.MATCHED : TicketState.WAITING);
        assertThat(now.createdAt()).isEqualTo(before.createdAt());
        assertThat(redis.commands().zscore(running.keys().queue(), before.ticketId()) != null)
                .isNotEqualTo(played);
        await("the place is given back, or not")
                .atMost(SOON)
                .until(() ->
                        (redis.commands().get(QueueKeys.claim(before.first().playerId())) == null) == played);
        assertThat(redis.commands().hgetall(running.keys().seats())).isEmpty();
    }

    private StoredMatch stored(RunningMatch running) {
        return managers.stored(running.start().mode(), running.matchId());
    }

    private static ServerReply accepted(SeatPlayers request) {
        return new ServerReply.Accepted(request.serverId());
    }

    private static List<String> ids(List<MatchPlayer> players) {
        return players.stream().map(MatchPlayer::playerId).toList();
    }

    private long entries(RunningMatch running) {
        return redis.commands().xlen(running.keys().matches());
    }

    private RunningMatch running() {
        return RunningMatch.on(managers);
    }
}
