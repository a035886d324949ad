package dev.paddock.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.inventory.RunningInventory.Answer;
import dev.paddock.local.server.SharedServers;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.match.Loadout;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Store, garage and loadout, over HTTP. */
@TestInstance(Lifecycle.PER_CLASS)
class LoadoutIT {
    private RunningInventory inventory;

    @BeforeAll
    void start() {
        inventory = RunningInventory.on(SharedServers.mysqlDatabase("loadout"));
    }

    @AfterAll
    void stop() {
        inventory.close();
    }

    @Test
    void aNewPlayerHasTheStarterCarAndItsLoadout() {
        Loadout loadout = loadout(RunningInventory.newPlayer());

        assertThat(loadout)
                .isEqualTo(new Loadout(
                        "street-one",
                        List.of(),
                        Map.of("powerKw", 110.0, "massKg", 1180.0, "grip", 0.95, "shiftMs", 240.0)));
    }

    @Test
    void aFittedItemCountsInTheNextMatch() {
        String player = RunningInventory.newPlayer();
        inventory.buyItem(player, "soft-tyres");
        inventory.buyItem(player, "light-seats");

        Answer changed = change(player, "street-one", "\"soft-tyres\",\"light-seats\"");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(loadout(player).items()).containsExactly("light-seats", "soft-tyres");
        assertThat(loadout(player).stats()).containsEntry("grip", 1.0).containsEntry("massKg", 1145.0);
        assertThat(Json.read(changed.json().toString(), Loadout.class)).isEqualTo(loadout(player));
    }

    @Test
    void anItemSitsInOneCarAtATime() throws SQLException {
        String player = richPlayer();
        inventory.buyCar(player, "street-gt");
        inventory.buyItem(player, "soft-tyres");
        inventory.buyItem(player, "light-seats");
        change(player, "street-one", "\"soft-tyres\",\"light-seats\"");

        change(player, "street-gt", "\"soft-tyres\"");
        change(player, "street-one", "\"light-seats\"");

        JsonNode items = inventory.garage(player).path("items");
        assertThat(items)
                .extracting(item -> item.path("itemId").asText() + " in "
                        + item.path("fittedTo").asText())
                .containsExactlyInAnyOrder("soft-tyres in street-gt", "light-seats in street-one");
    }

    @Test
    void whatIsLeftOutOfALoadoutGoesOnTheShelf() {
        String player = RunningInventory.newPlayer();
        inventory.buyItem(player, "soft-tyres");
        change(player, "street-one", "\"soft-tyres\"");

        change(player, "street-one", "");

        assertThat(loadout(player).items()).isEmpty();
        assertThat(inventory.garage(player).path("items").path(0).has("fittedTo"))
                .isFalse();
    }

    @Test
    void aLoadoutThatCannotBeIsRefusedAndTheOldOneStays() throws SQLException {
        String player = richPlayer();
        for (String item : List.of("soft-tyres", "light-seats", "short-shifter", "cold-cells")) {
            inventory.buyItem(player, item);
        }
        change(player, "street-one", "\"soft-tyres\"");
        Loadout before = loadout(player);

        assertThat(change(player, "street-gt", "").problem()).isEqualTo("not-owned");
        assertThat(change(player, "street-one", "\"slick-tyres\"").problem()).isEqualTo("not-owned");
        assertThat(change(player, "street-one", "\"cold-cells\"").problem()).isEqualTo("does-not-fit");
        assertThat(change(player, "street-one", "\"soft-tyres\",\"light-seats\",\"short-shifter\"")
                        .problem())
                .isEqualTo("too-many-items");
        assertThat(change(player, "street-one", "\"soft-tyres\",\"soft-tyres\"").problem())
                .isEqualTo("bad-request");
        assertThat(change(player, "no-such-car", "").problem()).isEqualTo("unknown-car");
        assertThat(change(player, "street-one", "\"no-such-item\"").problem()).isEqualTo("unknown-item");
        assertThat(loadout(player)).isEqualTo(before);
    }

    @Test
    void noPlayerSeesWhatAnotherHas() {
        String player = RunningInventory.newPlayer();
        String neighbour = RunningInventory.newPlayer();
        inventory.buyItem(neighbour, "soft-tyres");
        change(neighbour, "street-one", "\"soft-tyres\"");

        assertThat(change(player, "street-one", "\"soft-tyres\"").problem()).isEqualTo("not-owned");
        assertThat(inventory.garage(player).path("items")).isEmpty();
        assertThat(loadout(neighbour).items()).containsExactly("soft-tyres");
    }

    @Test
    void aGarageHoldsAllThatAPlayerHas() {
        String player = RunningInventory.newPlayer();
        inventory.buyCar(player, "street-gt");

        JsonNode garage = inventory.garage(player);

        assertThat(garage.path("playerId").asText()).isEqualTo(player);
        assertThat(garage.path("balance").asLong()).isEqualTo(100);
        assertThat(garage.path("cars"))
                .extracting(car -> car.path("carId").asText())
                .containsExactly("street-one", "street-gt");
        assertThat(garage.path("cars").path(0).path("boughtAt").asText()).matches("\\d{4}-.*Z");
        assertThat(garage.path("loadout").path("carId").asText()).isEqualTo("street-one");
    }

    @Test
    void theStoreIsListedCheapestFirst() {
        assertThat(inventory.get("/internal/cars").json().path("cars"))
                .hasSize(6)
                .extracting(LoadoutIT::price)
                .isSorted();
        assertThat(inventory.get("/internal/items").json().path("items"))
                .hasSize(10)
                .extracting(LoadoutIT::price)
                .isSorted();
    }

    @Test
    void everyCarStaysDrivableWhateverIsFitted() {
        List<JsonNode> items = new ArrayList<>();
        inventory.get("/internal/items").json().path("items").forEach(items::add);
        for (JsonNode car : inventory.get("/internal/cars").json().path("cars")) {
            for (String stat : List.of("powerKw", "massKg", "grip", "shiftMs")) {
                double worst = items.stream()
                        .filter(item -> fits(item, car))
                        .mapToDouble(item -> item.path("stats").path(stat).asDouble())
                        .filter(delta -> delta < 0)
                        .sum();
                assertThat(car.path("stats").path(stat).asDouble() + worst)
                        .as(car + " " + stat)
                        .isPositive();
            }
        }
    }

    private static boolean fits(JsonNode item, JsonNode car) {
        return !item.has("fits") || item.path("fits").equals(car.path("kind"));
    }

    private static long price(JsonNode ware) {
        return ware.path("price").asLong();
    }

    private String richPlayer() throws SQLException {
        String player = RunningInventory.newPlayer();
        inventory.garage(player);
        inventory.update("UPDATE wallets SET balance = 100000 WHERE player_id = '" + player + "'");
        return player;
    }

    private Answer change(String player, String carId, String items) {
        return inventory.put(
                "/internal/players/" + player + "/loadout", "{\"carId\":\"" + carId + "\",\"items\":[" + items + "]}");
    }

    private Loadout loadout(String player) {
        return Json.read(
                inventory.get("/internal/players/" + player + "/loadout").json().toString(), Loadout.class);
    }
}
