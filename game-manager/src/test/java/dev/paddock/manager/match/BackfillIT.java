package dev.paddock.manager.match;

import static dev.paddock.manager.FakeDirector.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.TestSocket;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.Tickets;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.SeatPlayers;
import dev.paddock.protocol.server.ServerReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Matches of two that run, and have room for two more, on two replicas. */
class BackfillIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static TestPlatform platform;
    private static TestManager a;
    private static TestManager b;
    private static TestRedis redis;

    private final List<AutoCloseable> toClose = new ArrayList<>();

    @BeforeAll
    static void start() {
        platform = TestPlatform.fresh("backfill");
        a = TestManager.start(platform, MatchFixture.impatient());
        b = TestManager.start(platform, MatchFixture.impatient());
        redis = TestRedis.connect(platform.redis());
    }

    @AfterAll
    static void stop() {
        redis.close();
        a.close();
        b.close();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : toClose) {
            closeable.close();
        }
    }

    @Test
    void aPlayerWhoQueuesGetsAFreeSeatOfTheMatchThatRuns() {
        RunningMatch running = running();
        Player cid = a.api().newPlayer();
        TestSocket cids = socket(b, cid);

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
        assertThat(again(ticket).matchId()).isEqualTo(running.matchId());
        assertThat(running.director().matchesAsked()).containsExactly(running.matchId());
        // The same frame whenever the player comes back.
        TestSocket later = socket(a, cid);
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
        TestSocket cids = socket(a, cid);
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
        TestSocket cids = socket(a, cid);
        running.director().say(running.seats(1, 0, 1));

        Ticket before = MatchFixture.queue(b, cid, running.director());

        JsonNode told = cids.next("MatchCancelled");
        assertThat(told.path("reason").asText()).isEqualTo("no-free-seat");
        assertThat(told.path("ticketId").asText()).isEqualTo(before.ticketId());
        Ticket now = again(before);
        assertThat(now.state()).isEqualTo(TicketState.WAITING);
        assertThat(now.returned()).isTrue();
        assertThat(now.createdAt()).isEqualTo(before.createdAt());
        // What the server said before it heard of the newcomer is out of date; what it says now counts.
        running.director().answerSeats(request -> new ServerReply.Accepted(request.serverId()));
        running.director().nextSeated();
        running.director().say(running.seats(2, 0, 1));
        assertThat(running.director().timesSeated()).isZero();
        running.director().say(running.seats(3, 1, 1));
        assertThat(running.director().nextSeated().roster()).isEqualTo(2);
        assertThat(cids.next("PlayerMatched").path("id").asText()).isEqualTo(running.matchId() + ".matched.2");
    }

    @Test
    void nobodyIsToldOfAMatchWhoseServerIsSilentAndTheServerHearsThatNobodyComes() {
        RunningMatch running = running();
        running.director().answerSeats(request -> request.roster() == 1 ? null : accepted(request));
        Player cid = a.api().newPlayer();
        TestSocket cids = socket(a, cid);
        running.director().say(running.seats(1, 0, 1));
        Ticket ticket = MatchFixture.queue(a, cid, running.director());
        running.director().nextSeated();

        JsonNode welcome = socket(b, cid).next("Welcome");

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
        TestSocket cids = socket(a, cid);
        running.director().say(running.seats(1, 0, 1));
        Ticket before = MatchFixture.queue(a, cid, running.director());
        running.director().nextSeated();

        running.director().say(ended(running.start(), running.serverId()));

        assertThat(cids.next("MatchCancelled").path("ticketId").asText()).isEqualTo(before.ticketId());
        Ticket now = again(before);
        assertThat(now.state()).isEqualTo(TicketState.WAITING);
        assertThat(now.createdAt()).isEqualTo(before.createdAt());
        await("nothing is left to say").atMost(SOON).until(() -> entries(running) == 0);
        assertThat(redis.commands().hget(running.keys().match(running.matchId()), "seating"))
                .isNull();
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
        assertThat(again(ticket).matchId())
                .isNotEqualTo(running.matchId())
                .isIn(running.director().matchesAsked());
        assertThat(running.director().timesSeated()).isZero();
    }

    private static ServerReply accepted(SeatPlayers request) {
        return new ServerReply.Accepted(request.serverId());
    }

    private static List<String> ids(List<MatchPlayer> players) {
        return players.stream().map(MatchPlayer::playerId).toList();
    }

    private static Ticket again(Ticket ticket) {
        return a.bean(Tickets.class).find(ticket.mode(), ticket.ticketId()).orElseThrow();
    }

    private static long entries(RunningMatch running) {
        return redis.commands().xlen(running.keys().matches());
    }

    private TestSocket socket(TestManager manager, Player player) {
        TestSocket socket = TestSocket.open(manager.url(), player.accessToken());
        toClose.add(socket);
        return socket;
    }

    private RunningMatch running() {
        RunningMatch running = RunningMatch.on(platform, a, b);
        toClose.add(running);
        return running;
    }
}
