package dev.paddock.manager.match;

import static dev.paddock.manager.FakeDirector.ended;
import static dev.paddock.manager.FakeDirector.limits;
import static dev.paddock.manager.FakeDirector.ready;
import static dev.paddock.manager.FakeDirector.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.local.server.MysqlDatabase;
import dev.paddock.manager.FakeDirector;
import dev.paddock.manager.TcpGate;
import dev.paddock.manager.TestApi;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.TestSocket;
import dev.paddock.manager.matchmaking.FormedMatch;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A replica dies, or what it needs goes away, while a match is on its way. */
class TakeOverIT {
    private static final Duration SOON = Duration.ofSeconds(15);

    @Test
    void whatADeadReplicaWasAskingForAnotherOneFinishes() {
        TestPlatform platform = TestPlatform.fresh("takeover");
        // No looks: it is the stream alone that brings the match to the other replica.
        Map<String, Object> settings = MatchFixture.impatient();
        settings.put("paddock.match.look-every", "1h");
        TestManager dying = TestManager.start(platform, settings);
        TestApi.Player ann = dying.api().newPlayer();
        TestApi.Player bob = dying.api().newPlayer();
        try (FakeDirector director = MatchFixture.director(platform, limits(Duration.ofSeconds(30), 3), dying)) {
            director.answer(start -> null);
            MatchFixture.queue(dying, ann, director);
            MatchFixture.queue(dying, bob, director);
            StartMatch asked = director.nextAsked();
            dying.close();

            director.answer(start -> new StartReply.Assigned(server(start), true, Instant.now()));
            try (TestManager other = TestManager.start(platform, settings);
                    TestSocket socket = TestSocket.open(other.url(), ann.accessToken())) {
                StartMatch again = director.nextAsked();
                assertThat(again.matchId()).isEqualTo(asked.matchId());
                director.say(ready(again, server(again)));
                assertThat(socket.next("PlayerMatched").path("matchId").asText())
                        .isEqualTo(asked.matchId());
            }
        }
    }

    @Test
    void aMatchThatWasSettledButNotPushedIsPushedByAnotherReplica() {
        TestPlatform platform = TestPlatform.fresh("notpushed");
        try (TestManager manager = TestManager.start(platform, MatchFixture.impatient());
                FakeDirector director = MatchFixture.director(platform, limits(Duration.ofSeconds(30), 3), manager)) {
            TestApi.Player ann = manager.api().newPlayer();
            TestApi.Player bob = manager.api().newPlayer();
            TestSocket socket = TestSocket.open(manager.url(), ann.accessToken());
            socket.next("Welcome");
            MatchFixture.queue(manager, ann, director);
            MatchFixture.queue(manager, bob, director);
            StartMatch start = director.nextAsked();

            // What a replica leaves that dies between the script and the push.
            manager.bean(MatchScripts.class).settle(ready(start, server(start)), Instant.now());

            assertThat(socket.next("PlayerMatched").path("matchId").asText()).isEqualTo(start.matchId());
            socket.close();
        }
    }

    @Test
    void aMatchThatWasGivenUpButNotToldIsToldByAnotherReplica() {
        TestPlatform platform = TestPlatform.fresh("nottold");
        try (TestManager manager = TestManager.start(platform, MatchFixture.impatient());
                FakeDirector director = MatchFixture.director(platform, limits(Duration.ofSeconds(30), 3), manager)) {
            TestApi.Player ann = manager.api().newPlayer();
            TestApi.Player bob = manager.api().newPlayer();
            TestSocket socket = TestSocket.open(manager.url(), ann.accessToken());
            socket.next("Welcome");
            Ticket anns = MatchFixture.queue(manager, ann, director);
            MatchFixture.queue(manager, bob, director);
            StartMatch start = director.nextAsked();
            MatchScripts scripts = manager.bean(MatchScripts.class);
            FormedMatch formed =
                    scripts.find(start.mode(), start.matchId()).orElseThrow().formed();
            List<Ticket> tickets =
                    scripts.tickets(formed).stream().map(Ticket::waitingAgain).toList();

            // What a replica leaves that dies between the script and the push.
            assertThat(scripts.requeue(formed, tickets, "no-server")).isPresent();

            JsonNode told = socket.next("MatchCancelled");
            assertThat(told.path("reason").asText()).isEqualTo("no-server");
            assertThat(told.path("ticketId").asText()).isEqualTo(anns.ticketId());
            socket.close();
        }
    }

    @Test
    void aPlaceThatRedisLostIsItsPlayersAgainWhileTheMatchIsPlayed() {
        TestPlatform platform = TestPlatform.fresh("lostplace");
        try (TestManager manager = TestManager.start(platform, MatchFixture.impatient());
                FakeDirector director = MatchFixture.director(platform, limits(Duration.ofSeconds(30), 3), manager)) {
            TestApi.Player ann = manager.api().newPlayer();
            TestApi.Player bob = manager.api().newPlayer();
            Ticket anns = MatchFixture.queue(manager, ann, director);
            MatchFixture.queue(manager, bob, director);
            StartMatch start = director.nextAsked();
            director.say(ready(start, server(start)));
            Redis redis = manager.bean(Redis.class);
            String claim = QueueKeys.claim(ann.playerId());

            // As a failover may.
            redis.delete(claim);

            await("her place is hers again").atMost(SOON).until(() -> redis.exists(claim));
            assertThat(redis.get(claim)).contains(anns.ticketId());
            assertThat(ann.api()
                            .post("/v1/tickets", Map.of("mode", start.mode()))
                            .status())
                    .isEqualTo(409);
            director.say(ended(start, server(start)));
            await("she is free").atMost(SOON).until(() -> !redis.exists(claim));
        }
    }

    @Test
    void aResultWaitsForMysql() {
        TestPlatform real = TestPlatform.fresh("mysqldown");
        int port = URI.create(real.mysql().url().substring("jdbc:".length())).getPort();
        try (TcpGate gate = new TcpGate(port)) {
            MysqlDatabase behindGate = new MysqlDatabase(
                    real.mysql().url().replace(":" + port, ":" + gate.port()),
                    real.mysql().name(),
                    real.mysql().user(),
                    real.mysql().password());
            TestPlatform platform =
                    new TestPlatform(real.redis(), behindGate, real.nats(), real.signingKey(), real.serviceToken());
            try (TestManager manager = TestManager.start(platform, MatchFixture.impatient());
                    FakeDirector director =
                            MatchFixture.director(platform, limits(Duration.ofSeconds(30), 3), manager)) {
                TestApi.Player ann = manager.api().newPlayer();
                TestApi.Player bob = manager.api().newPlayer();
                TestSocket socket = TestSocket.open(manager.url(), ann.accessToken());
                socket.next("Welcome");
                gate.shut();
                MatchFixture.queue(manager, ann, director);
                MatchFixture.queue(manager, bob, director);
                StartMatch start = director.nextAsked();
                director.say(ready(start, server(start)));
                director.say(ended(start, server(start)));
                socket.next("MatchEnded");
                assertThat(ann.api().get("/v1/matches?state=ENDED").problem()).isEqualTo("unavailable");

                gate.open();

                await("MySQL has the result")
                        .atMost(SOON)
                        .untilAsserted(() -> assertThat(ann.api()
                                        .get("/v1/matches?state=ENDED")
                                        .json()
                                        .path("items"))
                                .hasSize(1));
                socket.close();
            }
        }
    }
}
