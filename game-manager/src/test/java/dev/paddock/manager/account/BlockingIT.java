package dev.paddock.manager.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.manager.FakeDirector;
import dev.paddock.manager.TestApi;
import dev.paddock.manager.TestApi.Answer;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockingIT {
    private static final String PATH = "/v1/players/me/blocked/";
    private static TestPlatform platform;
    private static TestManager manager;
    private static TestManager replica;

    @BeforeAll
    static void start() {
        platform = TestPlatform.fresh("blocking");
        manager = TestManager.start(platform);
        replica = TestManager.start(platform);
    }

    @AfterAll
    static void stop() {
        replica.close();
        manager.close();
    }

    @Test
    void aPlayerBlocksListsAndUnblocksOnWhicheverReplica() {
        Player player = manager.api().newPlayer();
        Player other = manager.api().newPlayer();
        TestApi elsewhere = replica.api().as(player.accessToken());

        assertThat(player.api().put(PATH + other.playerId(), Map.of()).status()).isEqualTo(204);
        assertThat(elsewhere.put(PATH + other.playerId(), Map.of()).status()).isEqualTo(204);

        Answer all = elsewhere.get("/v1/players/me/blocked");
        assertThat(all.json().path("items").size()).isEqualTo(1);
        assertThat(all.json().at("/items/0/playerId").asText()).isEqualTo(other.playerId());
        assertThat(all.json().at("/items/0/name").asText()).isEqualTo(other.name());
        assertThat(profile(replica, player).blocked()).containsExactly(other.playerId());
        assertThat(profile(replica, other).blocked()).isEmpty();

        assertThat(elsewhere.delete(PATH + other.playerId()).status()).isEqualTo(204);
        assertThat(player.api().delete(PATH + other.playerId()).status()).isEqualTo(204);
        assertThat(profile(manager, player).blocked()).isEmpty();
    }

    @Test
    void whatIsCachedCostsNoMysqlAndWhatIsLostIsReadAgain() {
        Player player = manager.api().newPlayer();
        Player other = manager.api().newPlayer();
        player.api().put(PATH + other.playerId(), Map.of());
        String key = "paddock:player:{" + player.playerId() + "}:profile";
        try (TestRedis redis = TestRedis.connect(platform.redis())) {
            redis.commands().hset(key, "blocked", "from-the-cache");
            assertThat(profile(manager, player).blocked()).containsExactly("from-the-cache");

            redis.commands().hdel(key, "blocked");

            assertThat(profile(manager, player).blocked()).containsExactly(other.playerId());
            assertThat(redis.commands().hget(key, "blocked")).isEqualTo(other.playerId());
        }
    }

    @Test
    void ofManyBlockedAtOnceOnTwoReplicasNoneIsLostAndNoneIsTooMany() throws Exception {
        Player player = manager.api().newPlayer();
        Blocking here = manager.bean(Blocking.class);
        Blocking there = replica.bean(Blocking.class);
        List<String> others = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            others.add(manager.api().newPlayer().playerId());
        }
        BlockedStore store = manager.bean(BlockedStore.class);
        for (int i = 0; i < Blocking.MOST - 2; i++) {
            store.add(player.playerId(), "someone-" + i, java.time.Instant.EPOCH);
        }
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (String other : others) {
            Blocking at = calls.size() % 2 == 0 ? here : there;
            calls.add(() -> {
                try {
                    at.block(player.playerId(), other);
                    return true;
                } catch (dev.paddock.manager.problem.ProblemException e) {
                    return false;
                }
            });
        }

        int blocked = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> done : threads.invokeAll(calls)) {
                blocked += done.get() ? 1 : 0;
            }
        }

        assertThat(blocked).isEqualTo(2);
        assertThat(profile(manager, player).blocked()).hasSize(Blocking.MOST);
        Answer refused = player.api().put(PATH + manager.api().newPlayer().playerId(), Map.of());
        assertThat(refused.problem()).isEqualTo("too-many-blocked");
    }

    @Test
    void whoIsBlockedWhileThePlayerWaitsIsNotMetAndOnceUnblockedIs() {
        try (FakeDirector director =
                new FakeDirector(platform.nats(), FakeDirector.limits(Duration.ofSeconds(20), 3))) {
            String mode = director.mode().name();
            for (TestManager one : List.of(manager, replica)) {
                await("the mode is known")
                        .until(() -> one.bean(Modes.class).find(mode).isPresent());
            }
            Player ann = manager.api().newPlayer();
            Player bob = manager.api().newPlayer();
            String anns = queue(ann, mode);
            replica.api().as(ann.accessToken()).put(PATH + bob.playerId(), Map.of());

            String bobs = queue(bob, mode);

            await("they do not meet")
                    .during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> state(ann, anns).equals("WAITING")
                            && state(bob, bobs).equals("WAITING"));
            replica.api().as(ann.accessToken()).delete(PATH + bob.playerId());
            await("they meet")
                    .until(() -> state(ann, anns).equals("MATCHED")
                            && state(bob, bobs).equals("MATCHED"));
        }
    }

    private static String queue(Player player, String mode) {
        return player.api()
                .post("/v1/tickets", Map.of("mode", mode))
                .json()
                .path("ticketId")
                .asText();
    }

    private static String state(Player player, String ticketId) {
        return player.api().get("/v1/tickets/" + ticketId).json().path("state").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "%7Bm%7D", "aaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void whoIsNotThereCannotBeBlocked(String nobody) {
        Player player = manager.api().newPlayer();

        assertThat(player.api().put(PATH + nobody, Map.of()).problem()).isEqualTo("not-found");
        assertThat(manager.api().put(PATH + nobody, Map.of()).problem()).isEqualTo("unauthorized");
        assertThat(player.api().put(PATH + player.playerId(), Map.of()).problem())
                .isEqualTo("bad-request");
    }

    private static Profile profile(TestManager on, Player player) {
        return on.bean(Profiles.class).of(player.playerId());
    }
}
