package dev.paddock.manager.garage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.manager.TestApi.Answer;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.protocol.match.Loadout;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of the inventory that come later than what was asked after them. */
class LoadoutRaceIT {
    private static final TestPlatform PLATFORM = TestPlatform.withRedis("loadoutrace", TestRedis.shared());

    private static FakeInventory inventory;
    private static TestManager manager;
    private static TestManager replica;
    private static Loadouts loadouts;

    private final CountDownLatch late = new CountDownLatch(1);
    private Player player;
    private String ask;
    private String change;

    @BeforeAll
    static void start() {
        inventory = new FakeInventory();
        Map<String, Object> settings = Map.of(
                "paddock.inventory.url", inventory.url(),
                // Long enough for what a test holds back.
                "paddock.inventory.timeout", "20s",
                "paddock.inventory.loadout-timeout", "20s");
        manager = TestManager.start(PLATFORM, settings);
        replica = TestManager.start(PLATFORM, settings);
        loadouts = manager.bean(Loadouts.class);
    }

    @AfterAll
    static void stop() {
        replica.close();
        manager.close();
        inventory.close();
    }

    @BeforeEach
    void newPlayer() {
        inventory.forget();
        player = manager.api().newPlayer();
        ask = "GET /internal/players/" + player.playerId() + "/loadout";
        change = "PUT /internal/players/" + player.playerId() + "/loadout";
        inventory.says(ask, 200, loadout("old"));
    }

    @Test
    void whatWasAskedForBeforeAChangeDoesNotComeBackAfterIt() throws Exception {
        inventory.holdNext(ask, late);
        FutureTask<Loadout> asking = begun(() -> loadouts.of(player.playerId()), 1);

        assertThat(choose(manager, "new").status()).isEqualTo(200);
        late.countDown();

        assertThat(asking.get().carId()).isEqualTo("old");
        assertThat(loadouts.of(player.playerId()).carId()).isEqualTo("new");
    }

    @Test
    void whatWasAskedForDuringAChangeWhoseAnswerIsLostIsNotKept() throws Exception {
        inventory.holdNext(ask, late);
        FutureTask<Loadout> asking = begun(() -> loadouts.of(player.playerId()), 1);

        inventory.says(change, 502, "");
        assertThat(choose(replica).problem()).isEqualTo("unavailable");
        late.countDown();
        assertThat(asking.get().carId()).isEqualTo("old");
        // The change was made all the same.
        inventory.says(ask, 200, loadout("new"));

        assertThat(loadouts.of(player.playerId()).carId()).isEqualTo("new");
    }

    @Test
    void ofTwoChangesAtATimeTheOneThatIsAnsweredLastDoesNotWin() throws Exception {
        inventory.says(change, 200, loadout("first"));
        inventory.holdNext(change, late);
        FutureTask<Answer> first = begun(() -> choose(manager), 1);

        assertThat(choose(replica, "second").status()).isEqualTo(200);
        inventory.says(ask, 200, loadout("second"));
        late.countDown();
        assertThat(first.get().status()).isEqualTo(200);

        assertThat(loadouts.of(player.playerId()).carId()).isEqualTo("second");
    }

    @Test
    void aChangeAfterOneThatWasRefusedIsKept() {
        inventory.says(
                change, 409, "{\"type\":\"https://paddock.dev/problems/not-owned\",\"detail\":\"It is not yours.\"}");
        assertThat(choose(manager).problem()).isEqualTo("not-owned");
        assertThat(choose(replica, "new").status()).isEqualTo(200);
        int asked = inventory.asked().size();

        assertThat(loadouts.of(player.playerId()).carId()).isEqualTo("new");
        assertThat(inventory.asked()).hasSize(asked);
    }

    /** Runs what asks the inventory, and comes back once it has asked for the nth time. */
    private static <T> FutureTask<T> begun(Callable<T> call, int asked) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread.ofVirtual().start(task);
        await("the inventory is asked").until(() -> inventory.asked().size() == asked);
        return task;
    }

    private Answer choose(TestManager on, String carId) {
        inventory.says(change, 200, loadout(carId));
        return choose(on);
    }

    private Answer choose(TestManager on) {
        return on.api().as(player.accessToken()).put("/v1/garage/loadout", Map.of("carId", "car", "items", List.of()));
    }

    private static String loadout(String carId) {
        return "{\"carId\":\"" + carId + "\",\"items\":[],\"stats\":{}}";
    }
}
