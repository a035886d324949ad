package dev.paddock.manager.match;

import static dev.paddock.manager.FakeDirector.ended;
import static dev.paddock.manager.FakeDirector.limits;
import static dev.paddock.manager.FakeDirector.ready;
import static dev.paddock.manager.FakeDirector.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.manager.FakeDirector;
import dev.paddock.manager.TestApi;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestSocket;
import dev.paddock.manager.garage.Loadouts;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.Tickets;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.Standing;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import dev.paddock.protocol.mode.MatchLimits;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Matches on two replicas, with a director that does what it should not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MatchIT {
    private static final MatchLimits PATIENT = limits(Duration.ofSeconds(20), 3);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final TwoManagers managers = new TwoManagers("matches");
    private final TestManager a = managers.a();
    private final TestManager b = managers.b();
    private TestApi.Player ann;
    private TestApi.Player bob;

    /** Others each time: some of these matches live on, and hold their players. */
    @BeforeEach
    void twoNewPlayers() {
        ann = a.api().newPlayer();
        bob = a.api().newPlayer();
    }

    @AfterAll
    void stop() {
        managers.close();
    }

    @AfterEach
    void close() throws Exception {
        managers.closeOpened();
    }

    @Test
    void twoPlayersOnTwoReplicasAreToldOfTheSameServer() {
        FakeDirector director = director(PATIENT);
        TestSocket annsSocket = managers.socket(a, ann);
        TestSocket bobsSocket = managers.socket(b, bob);
        assertThat(annsSocket.next().path("type").asText()).isEqualTo("Welcome");
        assertThat(bobsSocket.next().path("type").asText()).isEqualTo("Welcome");

        StartMatch start = formed(director);
        director.say(ready(start, server(start)));

        JsonNode anns = annsSocket.next("PlayerMatched");
        JsonNode bobs = bobsSocket.next("PlayerMatched");
        assertThat(anns.path("matchId").asText()).isEqualTo(start.matchId());
        assertThat(anns.path("id")).isEqualTo(bobs.path("id"));
        assertThat(anns.path("server")).isEqualTo(bobs.path("server"));
        assertThat(anns.path("players")).hasSize(2);
        assertThat(claims(anns).path("sub").asText()).isEqualTo(ann.playerId());
        assertThat(claims(bobs).path("sub").asText()).isEqualTo(bob.playerId());
        assertThat(claims(bobs).path("match").asText()).isEqualTo(start.matchId());
    }

    @Test
    void aPlayersTimelineHasAllStopsAndNobodyElseSeesTheMatch() {
        FakeDirector director = director(PATIENT);
        TestSocket annsSocket = managers.socket(a, ann);
        StartMatch start = formed(director);
        String path = "/v1/matches/" + start.matchId();
        assertThat(ann.api().get(path).json().path("state").asText()).isEqualTo("FORMED");
        assertThat(ann.api().get(path + "/server-key").problem()).isEqualTo("match-not-ready");

        director.say(ready(start, server(start)));
        annsSocket.next("PlayerMatched");

        await("the stop told is noted").atMost(SOON).untilAsserted(() -> {
            JsonNode match = ann.api().get(path).json();
            assertThat(match.path("state").asText()).isEqualTo("READY");
            assertThat(match.path("standby").asBoolean()).isTrue();
            assertThat(match.path("server").path("host").asText()).isEqualTo("203.0.113.7");
            assertThat(match.path("timeline").fieldNames())
                    .toIterable()
                    .contains("queued", "formed", "requested", "assigned", "ready", "settled", "pushed", "told");
        });
        assertThat(bob.api().get(path).json().path("timeline").has("told")).isFalse();
        assertThat(ann.api()
                        .get(path + "/server-key")
                        .json()
                        .path("publicKeySha256")
                        .asText())
                .isEqualTo("its hash");
        TestApi.Player eve = a.api().newPlayer();
        assertThat(eve.api().get(path).problem()).isEqualTo("not-found");
        assertThat(eve.api().get(path + "/server-key").problem()).isEqualTo("not-found");
        assertThat(eve.api().get("/v1/matches").json().path("items")).isEmpty();
        assertThat(ann.api()
                        .get("/v1/matches")
                        .json()
                        .path("items")
                        .get(0)
                        .path("matchId")
                        .asText())
                .isEqualTo(start.matchId());
    }

    @Test
    void aMatchWhoseModeIsWithdrawnIsStillSeenByItsPlayers() {
        FakeDirector director = director(PATIENT);
        StartMatch start = formed(director);

        director.withdraw();

        await("the mode is gone")
                .atMost(SOON)
                .until(() -> a.bean(Modes.class).find(director.mode().name()).isEmpty());
        assertThat(ann.api()
                        .get("/v1/matches/" + start.matchId())
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("FORMED");
    }

    @Test
    void aPlayerWhoComesLateIsGreetedWithTheMatch() {
        FakeDirector director = director(PATIENT);
        StartMatch start = formed(director);
        director.say(ready(start, server(start)));

        TestSocket late = managers.socket(b, ann);

        JsonNode welcome = late.next();
        assertThat(welcome.path("type").asText()).isEqualTo("Welcome");
        assertThat(welcome.path("ticket").path("state").asText()).isEqualTo("MATCHED");
        assertThat(welcome.path("match").path("matchId").asText()).isEqualTo(start.matchId());
        JsonNode matched = late.next();
        assertThat(matched.path("type").asText()).isEqualTo("PlayerMatched");
        assertThat(matched.path("id").asText()).isEqualTo(start.matchId() + ".matched");
        assertThat(matched.path("joinToken").asText()).isNotEmpty();
    }

    @Test
    void theSecondServerOfAMatchIsStopped() {
        FakeDirector director = director(PATIENT);
        TestSocket annsSocket = managers.socket(a, ann);
        StartMatch start = formed(director);
        director.say(ready(start, "server-one"));

        director.say(ready(start, "server-two"));

        assertThat(director.nextStopped().serverId()).isEqualTo("server-two");
        assertThat(annsSocket
                        .next("PlayerMatched")
                        .path("server")
                        .path("publicKey")
                        .asText())
                .isEqualTo("a key of server-one");
    }

    @Test
    void aLostReadyIsRepairedByAsking() {
        FakeDirector director = director(PATIENT);
        TestSocket annsSocket = managers.socket(a, ann);
        formed(director);

        director.answer(again -> new StartReply.Running(ready(again, server(again))));

        annsSocket.next("PlayerMatched");
    }

    @Test
    void aServerThatFailsBeforeItIsReadyIsFollowedByAnother() {
        FakeDirector director = director(PATIENT);
        TestSocket annsSocket = managers.socket(a, ann);
        StartMatch first = formed(director);

        director.say(new MatchEvent.Failed(
                first.matchId(), first.mode(), server(first), "start-failed", "it exited with 1", Instant.now()));

        StartMatch second = askedFor(director, 2);
        director.say(ready(second, server(second)));
        assertThat(annsSocket
                        .next("PlayerMatched")
                        .path("server")
                        .path("publicKey")
                        .asText())
                .isEqualTo("a key of " + server(second));
    }

    @Test
    void aMatchWhoseServerIsStillBeingStartedGetsNoOther() {
        FakeDirector director = director(limits(Duration.ofMillis(500), 1));
        director.answer(start -> new StartReply.Starting(server(start), Instant.now()));
        TestSocket annsSocket = managers.socket(a, ann);
        StartMatch start = formed(director);
        Instant late = Instant.now().plusSeconds(2);

        while (Instant.now().isBefore(late)) {
            assertThat(director.nextAsked()).isEqualTo(start);
        }

        director.say(ready(start, server(start)));
        assertThat(annsSocket.next("PlayerMatched").path("matchId").asText()).isEqualTo(start.matchId());
    }

    @Test
    void withoutADirectorTheTicketsWaitAgainAsLongAsBefore() {
        FakeDirector director = director(limits(Duration.ofSeconds(1), 1));
        director.leave();
        TestSocket annsSocket = managers.socket(a, ann);
        TestSocket bobsSocket = managers.socket(b, bob);
        Ticket anns = MatchFixture.queue(a, ann, director);
        Ticket bobs = MatchFixture.queue(b, bob, director);

        JsonNode annsNews = annsSocket.next("MatchCancelled");
        JsonNode bobsNews = bobsSocket.next("MatchCancelled");

        assertThat(annsNews.path("reason").asText()).isEqualTo("no-server");
        assertThat(annsNews.path("ticketId").asText()).isEqualTo(anns.ticketId());
        assertThat(bobsNews.path("ticketId").asText()).isEqualTo(bobs.ticketId());
        Ticket now = a.bean(Tickets.class).find(anns.mode(), anns.ticketId()).orElseThrow();
        assertThat(now.createdAt()).isEqualTo(anns.createdAt());
        director.come();
        StartMatch start = director.nextAsked();
        director.say(ready(start, server(start)));
        assertThat(annsSocket.next("PlayerMatched").path("matchId").asText()).isEqualTo(start.matchId());
    }

    @Test
    void aReadyAfterTheMatchWasGivenUpIsStopped() {
        FakeDirector director = director(limits(Duration.ofSeconds(1), 1));
        TestSocket annsSocket = managers.socket(a, ann);
        StartMatch start = formed(director);
        annsSocket.next("MatchCancelled");
        assertThat(director.nextStopped().serverId()).isEqualTo(server(start));

        director.say(ready(start, "server-late"));

        await("the late server is stopped")
                .atMost(SOON)
                .until(() -> director.nextStopped().serverId().equals("server-late"));
    }

    @Test
    void aLostServerCancelsTheMatchAndFreesThePlayers() {
        FakeDirector director = director(PATIENT);
        TestSocket annsSocket = managers.socket(a, ann);
        StartMatch start = formed(director);
        director.say(ready(start, server(start)));
        annsSocket.next("PlayerMatched");

        director.answer(check -> new StartReply.Gone(server(start)));

        JsonNode news = annsSocket.next("MatchCancelled");
        assertThat(news.path("reason").asText()).isEqualTo("server-lost");
        assertThat(news.has("ticketId")).isFalse();
        assertThat(MatchFixture.queue(b, ann, director).state()).isEqualTo(TicketState.WAITING);
    }

    @Test
    void aResultThatIsSaidThreeTimesCountsOnce() {
        FakeDirector director = director(PATIENT);
        TestApi.Player cat = a.api().newPlayer();
        TestApi.Player dan = a.api().newPlayer();
        TestSocket socket = managers.socket(b, cat);
        MatchFixture.queue(a, cat, director);
        MatchFixture.queue(b, dan, director);
        StartMatch start = director.nextAsked();
        director.say(ready(start, server(start)));
        MatchEvent.Ended ended = ended(start, server(start));

        director.say(ended);
        director.say(ended);
        director.say(ended);

        assertThat(socket.next("MatchEnded").path("result").path("outcome").asText())
                .isEqualTo("FINISHED");
        String winner = ended.result().standings().getFirst().playerId();
        for (TestApi.Player player : List.of(cat, dan)) {
            await("MySQL has the result").atMost(SOON).untilAsserted(() -> {
                JsonNode page = player.api().get("/v1/matches?state=ENDED").json();
                assertThat(page.path("items")).hasSize(1);
                assertThat(page.path("items").get(0).path("result").path("standings"))
                        .hasSize(2);
            });
            assertThat(counted(player, "played")).isEqualTo(1);
            assertThat(counted(player, "won")).isEqualTo(player.playerId().equals(winner) ? 1 : 0);
        }
        assertThat(MatchFixture.queue(a, cat, director).state()).isEqualTo(TicketState.WAITING);
    }

    @Test
    void aResultThatIsWrittenTwiceCountsOnce() {
        TestApi.Player cat = a.api().newPlayer();
        String matchId = Id.next(new SecureRandom());
        Instant now = Instant.now();
        FinishedMatch finished = new FinishedMatch(
                matchId,
                "mode",
                "region",
                MatchState.ENDED,
                List.of(new FinishedMatch.FinishedPlayer(
                        new MatchPlayer(cat.playerId(), cat.name(), 0, Loadouts.DEFAULT), now, now)),
                new MatchResult(MatchResult.Outcome.FINISHED, List.of(new Standing(cat.playerId(), 1, null, Map.of()))),
                null,
                "server",
                true,
                Map.of(),
                now,
                now);
        assertThat(a.bean(ResultStore.class).write(finished)).isTrue();

        // As when a replica dies after MySQL has it, and before the stream hears of that.
        assertThat(b.bean(ResultStore.class).write(finished)).isFalse();

        assertThat(counted(cat, "played")).isEqualTo(1);
        assertThat(counted(cat, "won")).isEqualTo(1);
    }

    @Test
    void aLostEndIsRepairedByAsking() {
        FakeDirector director = director(PATIENT);
        TestSocket annsSocket = managers.socket(a, ann);
        StartMatch start = formed(director);
        director.say(ready(start, server(start)));

        director.answer(check -> new StartReply.Over(ended(start, server(start))));

        annsSocket.next("MatchEnded");
    }

    private FakeDirector director(MatchLimits limits) {
        return managers.opened(MatchFixture.director(managers.platform(), limits, a, b));
    }

    /** Ann and Bob queue on different replicas; the director's first question. */
    private StartMatch formed(FakeDirector director) {
        MatchFixture.queue(a, ann, director);
        MatchFixture.queue(b, bob, director);
        return director.nextAsked();
    }

    private static StartMatch askedFor(FakeDirector director, int attempt) {
        StartMatch start = director.nextAsked();
        while (start.attempt() != attempt) {
            start = director.nextAsked();
        }
        return start;
    }

    private static int counted(TestApi.Player player, String what) {
        return player.api().get("/v1/players/me").json().findPath(what).asInt(-1);
    }

    private static JsonNode claims(JsonNode matched) {
        String token = matched.path("joinToken").asText();
        byte[] claims = java.util.Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        return dev.paddock.protocol.Json.read(claims, JsonNode.class);
    }
}
