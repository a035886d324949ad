package dev.paddock.manager;

import static dev.paddock.manager.FakeDirector.ended;
import static dev.paddock.manager.FakeDirector.limits;
import static dev.paddock.manager.FakeDirector.ready;
import static dev.paddock.manager.FakeDirector.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.local.server.RedisCluster;
import dev.paddock.local.server.ServerHome;
import dev.paddock.manager.TestApi.Answer;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.mode.Regions;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.protocol.match.StartMatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two managers on a real Redis Cluster, and what players see when one of its primaries is killed. */
class ClusterIT {
    /** Longer than a call of the manager to Redis may take, so that one is seen to fail. */
    private static final Duration NODE_TIMEOUT = Duration.ofSeconds(3);

    private static final Duration FAILOVER = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static RedisCluster cluster;
    private static TestPlatform platform;
    private static TestManager one;
    private static TestManager other;
    private static FakeDirector director;
    private static QueueKeys keys;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start(ServerHome.in(folder, what -> {}), "0123456789abcdef", NODE_TIMEOUT);
        platform = TestPlatform.fresh("cluster");
        one = TestManager.startOnCluster(platform, cluster.uris(), Map.of());
        // One that runs is enough: the others are found.
        other = TestManager.startOnCluster(platform, cluster.uris().subList(0, 1), Map.of());
        director = new FakeDirector(platform.nats(), limits(Duration.ofSeconds(20), 3));
        keys = new QueueKeys(director.mode().name());
        for (TestManager manager : List.of(one, other)) {
            await("the manager knows mode and region")
                    .until(() -> manager.bean(Modes.class).find(keys.mode()).isPresent()
                            && manager.bean(Regions.class)
                                    .find(director.region())
                                    .isPresent());
        }
    }

    @AfterAll
    static void stop() {
        for (TestManager manager : List.of(one, other)) {
            manager.close();
        }
        director.close();
        cluster.close();
    }

    @Test
    void theQueueGoesOnWithTheReplicaOfAKilledPrimary() {
        play(one.api().newPlayer(), other.api().newPlayer());
        // Of equal rating, which those who have played are not.
        Player ann = one.api().newPlayer();
        Player bob = other.api().newPlayer();
        try (TestSocket anns = TestSocket.open(one.url(), ann.accessToken());
                TestSocket bobs = TestSocket.open(other.url(), bob.accessToken())) {
            anns.next("Welcome");
            bobs.next("Welcome");

            RedisCluster.Server killed = killPrimary();
            Answer refused = queue(ann, "while-away");
            assertThat(refused.status()).as(refused.text()).isEqualTo(503);
            assertThat(refused.problem()).isEqualTo("unavailable");
            assertThat(refused.header("Retry-After")).isNotNull();

            await("the same wish is queued when the replica has taken over")
                    .atMost(FAILOVER)
                    .until(() -> queue(ann, "while-away").status() == 201);
            // Whatever was lost, each of them has heard how things stand.
            anns.next("Welcome");
            bobs.next("Welcome");
            assertThat(queue(bob, "after").status()).isEqualTo(201);
            StartMatch start = director.nextAsked();
            director.say(ready(start, server(start)));
            assertThat(anns.next("PlayerMatched").path("matchId").asText()).isEqualTo(start.matchId());
            assertThat(bobs.next("PlayerMatched").path("matchId").asText()).isEqualTo(start.matchId());
            director.say(ended(start, server(start)));
            anns.next("MatchEnded");

            killed.start();
            cluster.awaitWhole();
        }
    }

    @Test
    void whoseTicketWasLostIsToldSoAndMayQueueAgainAndNoFencingTokenComesTwice() {
        Player ann = one.api().newPlayer();
        Player bob = other.api().newPlayer();
        try (TestSocket anns = TestSocket.open(one.url(), ann.accessToken());
                TestSocket bobs = TestSocket.open(other.url(), bob.accessToken())) {
            anns.next("Welcome");
            bobs.next("Welcome");
            long token = token();
            cluster.cutOffReplicaOf(keys.queue());
            Answer queued = queue(ann, "first");
            assertThat(queued.status()).as(queued.text()).isEqualTo(201);
            String path = "/v1/tickets/" + queued.json().path("ticketId").asText();
            assertThat(ann.api().get(path).status()).isEqualTo(200);

            RedisCluster.Server killed = killPrimary();

            JsonNode welcome = anns.next("Welcome");
            assertThat(welcome.path("ticket").isMissingNode()
                            || welcome.path("ticket").isNull())
                    .as(welcome.toString())
                    .isTrue();
            assertThat(ann.api().get(path).status()).isEqualTo(404);
            // Her place may have outlived the ticket, on another server; then it is given up after a while.
            await("ann may queue again")
                    .atMost(FAILOVER)
                    .until(() -> queue(ann, "again").status() == 201);
            assertThat(queue(bob, "again").status()).isEqualTo(201);
            StartMatch start = director.nextAsked();
            director.say(ready(start, server(start)));
            anns.next("PlayerMatched");
            bobs.next("PlayerMatched");
            director.say(ended(start, server(start)));
            assertThat(token()).isGreaterThan(token);

            killed.start();
            cluster.awaitWhole();
        }
    }

    @Test
    void bothKindsOfSettingAtOnceAreRefusedWithASentence() {
        assertThatThrownBy(() -> TestManager.start(
                        platform,
                        Map.of("redis.uris", List.of(cluster.uris().getFirst().toString()))))
                .rootCause()
                .hasMessageContaining("redis.uri and redis.uris are both set");
    }

    /** A whole match, so that every script runs. */
    private static void play(Player ann, Player bob) {
        try (TestSocket anns = TestSocket.open(one.url(), ann.accessToken());
                TestSocket bobs = TestSocket.open(other.url(), bob.accessToken())) {
            Answer queued = queue(ann, "one");
            assertThat(queued.status()).as(queued.text()).isEqualTo(201);
            String path = "/v1/tickets/" + queued.json().path("ticketId").asText();
            assertThat(ann.api().delete(path).status()).isEqualTo(200);
            assertThat(queue(ann, "two").status()).isEqualTo(201);
            assertThat(queue(bob, "one").status()).isEqualTo(201);
            StartMatch start = director.nextAsked();
            director.say(ready(start, server(start)));
            anns.next("PlayerMatched");
            bobs.next("PlayerMatched");
            director.say(ended(start, server(start)));
            anns.next("MatchEnded");
            String match = "/v1/matches/" + start.matchId();
            await("the match is in MySQL")
                    .until(() ->
                            ann.api().get(match).json().path("state").asText().equals("ENDED"));
        }
        Answer party = ann.api().post("/v1/parties", Map.of());
        assertThat(party.status()).as(party.text()).isEqualTo(201);
        Answer refreshed = one.api().post("/v1/login/refresh", Map.of("refreshToken", bob.refreshToken()));
        assertThat(refreshed.status()).as(refreshed.text()).isEqualTo(200);
    }

    private static Answer queue(Player player, String key) {
        return player.api()
                .post(
                        "/v1/tickets",
                        Map.of("mode", keys.mode(), "latencies", Map.of(director.region(), 20)),
                        Map.of("Idempotency-Key", key));
    }

    private static RedisCluster.Server killPrimary() {
        RedisCluster.Server primary = cluster.primaryOf(keys.queue()).orElseThrow();
        primary.kill();
        return primary;
    }

    private static long token() {
        return Long.parseLong(String.valueOf(one.bean(Redis.class).get(keys.fence())));
    }
}
