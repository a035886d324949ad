package dev.paddock.manager.garage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.manager.TestApi;
import dev.paddock.manager.TestApi.Answer;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.redis.Redis;
import dev.paddock.protocol.match.Loadout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GarageIT {
    private static final TestPlatform PLATFORM = TestPlatform.fresh("garage");
    private static final String LOADOUT =
            "{\"carId\":\"volt\",\"items\":[\"slicks\"],\"stats\":{\"powerKw\":150.5},\"newer\":1}";
    private static final Loadout VOLT = new Loadout("volt", List.of("slicks"), Map.of("powerKw", 150.5));

    private static FakeInventory inventory;
    private static TestManager manager;
    private Player player;

    @BeforeAll
    static void start() {
        inventory = new FakeInventory();
        manager = manager(inventory);
    }

    @AfterAll
    static void stop() {
        manager.close();
        inventory.close();
    }

    @BeforeEach
    void newPlayer() {
        inventory.forget();
        player = manager.api().newPlayer();
    }

    @Test
    void theStoreIsPassedOnToPlayersAlone() {
        inventory.says("GET /internal/cars", 200, "{\"cars\":[{\"carId\":\"volt\"}]}");
        inventory.says("GET /internal/items", 200, "{\"items\":[]}");

        Answer cars = player.api().get("/v1/store/cars");

        assertThat(cars.status()).as(cars.text()).isEqualTo(200);
        assertThat(cars.header("Content-Type")).isEqualTo("application/json");
        assertThat(cars.text()).isEqualTo("{\"cars\":[{\"carId\":\"volt\"}]}");
        assertThat(player.api().get("/v1/store/items").text()).isEqualTo("{\"items\":[]}");
        assertThat(manager.api().get("/v1/store/cars").problem()).isEqualTo("unauthorized");
    }

    @Test
    void aPurchaseIsThePlayersOwnAndCarriesItsKey() {
        inventory.says("POST " + of(player) + "/cars", 201, "{\"balance\":7}");

        Answer bought = player.api().post("/v1/garage/cars", Map.of("carId", "volt"), Map.of("Idempotency-Key", "k-1"));

        assertThat(bought.status()).as(bought.text()).isEqualTo(201);
        assertThat(bought.text()).isEqualTo("{\"balance\":7}");
        assertThat(inventory.asked().getLast())
                .isEqualTo(new FakeInventory.Asked("POST " + of(player) + "/cars", "{\"carId\":\"volt\"}", "k-1"));
    }

    @ParameterizedTest
    @CsvSource({
        "409, not-enough-money, 409, not-enough-money",
        "409, already-owned, 409, already-owned",
        "404, unknown-item, 404, unknown-item",
        "409, not-owned, 409, not-owned",
        "422, does-not-fit, 422, does-not-fit",
        "400, bad-request, 400, bad-request",
        "422, idempotency-key-reused, 422, idempotency-mismatch",
        "500, internal-error, 503, unavailable",
        "401, unauthorized, 503, unavailable",
        "418, what-is-this, 503, unavailable",
    })
    void aProblemOfTheInventoryIsAProblemOfOurs(int said, String theirs, int status, String ours) {
        inventory.says(
                "POST " + of(player) + "/items",
                said,
                "{\"type\":\"https://paddock.dev/problems/" + theirs + "\",\"detail\":\"Because.\"}");

        Answer answer = player.api().post("/v1/garage/items", Map.of("itemId", "slicks"));

        assertThat(answer.problem()).isEqualTo(ours);
        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST | /v1/garage/cars    | {}                                      | carId
            POST | /v1/garage/cars    | {"carId":"../../players"}               | carId
            POST | /v1/garage/cars    | {"carId":1}                             | carId
            POST | /v1/garage/cars    | {"carId":"volt","itemId":"x"}           | itemId
            POST | /v1/garage/items   | {"itemId":""}                           | itemId
            PUT  | /v1/garage/loadout | {"items":[]}                            | carId
            PUT  | /v1/garage/loadout | {"carId":"volt","items":[null]}         | items
            PUT  | /v1/garage/loadout | {"carId":"volt","items":["A B"]}        | items
            PUT  | /v1/garage/loadout | {"carId":"volt","items":[1]}            | items.[0]
            """)
    void aWishThatMakesNoSenseDoesNotReachTheInventory(String method, String path, String body, String field) {
        Answer answer = player.api().send(method, path, body, Map.of());

        assertThat(answer.problem()).as(answer.text()).isEqualTo("bad-request");
        assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(inventory.asked()).isEmpty();
    }

    @Test
    void aChosenLoadoutIsTakenAlongByTheNextTicketOnEveryReplica() {
        inventory.says("GET " + of(player) + "/loadout", 200, "{\"carId\":\"old\",\"items\":[],\"stats\":{}}");
        Loadouts loadouts = manager.bean(Loadouts.class);
        assertThat(loadouts.of(player.playerId()).carId()).isEqualTo("old");
        inventory.says("PUT " + of(player) + "/loadout", 200, LOADOUT);

        Answer chosen = player.api().put("/v1/garage/loadout", Map.of("carId", "volt", "items", List.of("slicks")));

        assertThat(chosen.status()).as(chosen.text()).isEqualTo(200);
        assertThat(loadouts.of(player.playerId())).isEqualTo(VOLT);
        try (TestManager replica = TestManager.start(PLATFORM)) {
            assertThat(replica.bean(Loadouts.class).of(player.playerId())).isEqualTo(VOLT);
        }
    }

    @Test
    void aChangeWhoseAnswerIsLostLeavesNoOldLoadoutBehind() {
        inventory.says("GET " + of(player) + "/loadout", 200, "{\"carId\":\"old\",\"items\":[],\"stats\":{}}");
        Loadouts loadouts = manager.bean(Loadouts.class);
        assertThat(loadouts.of(player.playerId()).carId()).isEqualTo("old");
        inventory.says("PUT " + of(player) + "/loadout", 502, "");
        assertThat(player.api()
                        .put("/v1/garage/loadout", Map.of("carId", "volt"))
                        .problem())
                .isEqualTo("unavailable");
        inventory.says("GET " + of(player) + "/loadout", 200, LOADOUT);

        assertThat(loadouts.of(player.playerId())).isEqualTo(VOLT);
    }

    @Test
    void aPrefetchedLoadoutIsThereWhenTheInventoryIsGone() {
        FakeInventory gone = new FakeInventory();
        gone.says("GET " + of(player) + "/loadout", 200, LOADOUT);
        try (TestManager replica = manager(gone)) {
            Loadouts loadouts = replica.bean(Loadouts.class);

            loadouts.prefetch(player.playerId());
            await("the prefetched loadout in Redis")
                    .until(() ->
                            replica.bean(Redis.class).exists("paddock:player:{" + player.playerId() + "}:loadout"));
            gone.close();

            assertThat(loadouts.of(player.playerId())).isEqualTo(VOLT);
        }
    }

    @Test
    void aTicketDoesNotWaitForAnInventoryThatHangs() {
        try (FakeInventory hanging = new FakeInventory();
                TestManager replica = manager(hanging)) {
            hanging.hold(new CountDownLatch(1));
            Loadouts loadouts = replica.bean(Loadouts.class);

            Instant start = Instant.now();
            assertThat(loadouts.of(player.playerId())).isEqualTo(Loadouts.DEFAULT);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(3));

            assertThat(loadouts.of(player.playerId())).isEqualTo(Loadouts.DEFAULT);
            assertThat(hanging.asked()).hasSize(1);
        }
    }

    @Test
    void withoutInventoryTheStoreIsClosedAndPlayersGoOn() {
        FakeInventory gone = new FakeInventory();
        gone.close();
        try (TestManager replica = manager(gone)) {
            TestApi api = replica.api().as(player.accessToken());

            Answer cars = api.get("/v1/store/cars");

            assertThat(cars.problem()).isEqualTo("unavailable");
            assertThat(cars.status()).isEqualTo(503);
            assertThat(cars.header("Retry-After")).isNotNull();
            assertThat(api.get("/v1/players/me").status()).isEqualTo(200);
            assertThat(replica.bean(Loadouts.class).of(player.playerId())).isEqualTo(Loadouts.DEFAULT);
        }
    }

    private static TestManager manager(FakeInventory inventory) {
        return TestManager.start(
                PLATFORM,
                Map.of(
                        "paddock.inventory.url",
                        inventory.url(),
                        // The first call of a JVM that has just started takes longer than the default.
                        "paddock.inventory.loadout-timeout",
                        "1s"));
    }

    private static String of(Player player) {
        return "/internal/players/" + player.playerId();
    }
}
