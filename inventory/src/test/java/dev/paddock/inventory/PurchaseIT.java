package dev.paddock.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.paddock.inventory.RunningInventory.Answer;
import dev.paddock.local.server.MysqlDatabase;
import dev.paddock.local.server.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Money: two replicas on one database, asked at once. Street GT costs 900, a new player has 1000. */
@TestInstance(Lifecycle.PER_CLASS)
class PurchaseIT {
    private static final int BUYERS = 50;

    private RunningInventory one;
    private RunningInventory other;

    @BeforeAll
    void start() throws SQLException {
        MysqlDatabase database = SharedServers.mysqlDatabase("purchase");
        one = RunningInventory.on(database);
        other = RunningInventory.on(database);
        for (int i = 0; i < 10; i++) {
            one.update("INSERT INTO cars VALUES ('thousand-" + i + "', 'T', 'street', 1000, 1, '{\"powerKw\": 1}')");
        }
    }

    @AfterAll
    void stop() {
        one.close();
        other.close();
    }

    @Test
    void fiftyWishesForOneCarAtOnceBuyItOnce() throws Exception {
        String player = RunningInventory.newPlayer();

        List<Answer> answers = fiftyAtOnce(i -> replica(i).buyCar(player, "street-gt"));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.problem().equals("already-owned"))
                .hasSize(BUYERS - 1);
        assertThat(one.garage(player).path("balance").asLong()).isEqualTo(100);
        assertThat(one.garage(player).path("cars")).hasSize(2);
    }

    @Test
    void moneyForOneOfTenCarsBuysOneOfThem() throws Exception {
        String player = RunningInventory.newPlayer();

        List<Answer> answers = fiftyAtOnce(i -> replica(i).buyCar(player, "thousand-" + i % 10));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .extracting(Answer::problem)
                .containsOnly("not-enough-money", "already-owned");
        assertThat(one.garage(player).path("balance").asLong()).isZero();
        assertThat(one.garage(player).path("cars")).hasSize(2);
    }

    @Test
    void oneKeySentFiftyTimesAtOncePaysOnceAndIsAnsweredTheSame() throws Exception {
        String player = RunningInventory.newPlayer();
        String path = "/internal/players/" + player + "/items";

        List<Answer> answers = fiftyAtOnce(i -> replica(i).postWithKey(path, "k", "{\"itemId\":\"soft-tyres\"}"));

        assertThat(answers).allMatch(answer -> answer.status() == 201);
        assertThat(answers.stream().map(Answer::json).distinct()).hasSize(1);
        assertThat(one.garage(player).path("balance").asLong()).isEqualTo(850);
    }

    @Test
    void fiftyFirstContactsAtOnceMakeOneWallet() throws Exception {
        String player = RunningInventory.newPlayer();

        List<Answer> answers = fiftyAtOnce(i -> replica(i).get("/internal/players/" + player + "/garage"));

        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(answers.stream().map(Answer::json).distinct()).hasSize(1);
        assertThat(answers.getFirst().json().path("balance").asLong()).isEqualTo(1000);
    }

    @Test
    void aPurchaseThatIsKilledHalfWayLeavesNothing() throws Exception {
        String player = RunningInventory.newPlayer();
        one.garage(player);
        String path = "/internal/players/" + player + "/cars";
        try (Connection blocker = one.connect();
                Statement sql = blocker.createStatement();
                var thread = Executors.newVirtualThreadPerTaskExecutor()) {
            // Stands in the way of the hand-over, behind the payment: the same key, not committed.
            blocker.setAutoCommit(false);
            sql.execute("SET foreign_key_checks = 0");
            sql.execute("INSERT INTO player_cars VALUES ('" + player + "', 'street-gt', 1)");
            Future<Answer> purchase = thread.submit(() -> one.postWithKey(path, "killed", "{\"carId\":\"street-gt\"}"));

            sql.execute("KILL " + connectionThatHandsOver(sql, player));

            assertThat(purchase.get(20, TimeUnit.SECONDS).problem()).isEqualTo("unavailable");
            blocker.rollback();
        }
        assertThat(one.garage(player).path("balance").asLong()).isEqualTo(1000);
        assertThat(one.garage(player).path("cars")).hasSize(1);
        assertThat(one.number("SELECT COUNT(*) FROM purchases WHERE player_id = '" + player + "'"))
                .isZero();
        // And the repeat with the same key is as good as new.
        assertThat(one.postWithKey(path, "killed", "{\"carId\":\"street-gt\"}").status())
                .isEqualTo(201);
    }

    @Test
    void aRefusalIsAnsweredAgainForItsKeyThoughThereIsMoneyNow() throws Exception {
        String player = RunningInventory.newPlayer();
        String path = "/internal/players/" + player + "/cars";
        String body = "{\"carId\":\"volt-mini\"}";
        Answer first = one.postWithKey(path, "poor", body);
        one.update("UPDATE wallets SET balance = 5000 WHERE player_id = '" + player + "'");

        Answer repeat = other.postWithKey(path, "poor", body);

        assertThat(repeat).isEqualTo(first);
        assertThat(repeat.problem()).isEqualTo("not-enough-money");
        assertThat(other.postWithKey(path, "rich", body).status()).isEqualTo(201);
    }

    @Test
    void aKeyIsGoodForOneWishOfOnePlayer() {
        String player = RunningInventory.newPlayer();
        String path = "/internal/players/" + player;
        one.postWithKey(path + "/items", "k", "{\"itemId\":\"soft-tyres\"}");

        assertThat(one.postWithKey(path + "/items", "k", "{\"itemId\":\"light-seats\"}")
                        .problem())
                .isEqualTo("idempotency-key-reused");
        assertThat(one.postWithKey(path + "/cars", "k", "{\"carId\":\"soft-tyres\"}")
                        .problem())
                .isEqualTo("idempotency-key-reused");
        assertThat(one.postWithKey(path + "/items", "K", "{\"itemId\":\"light-seats\"}")
                        .status())
                .isEqualTo(201);
        String neighbour = "/internal/players/" + RunningInventory.newPlayer() + "/items";
        assertThat(one.postWithKey(neighbour, "k", "{\"itemId\":\"light-seats\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void whatIsOwnedIsNotSoldAgain() {
        String player = RunningInventory.newPlayer();
        one.buyItem(player, "soft-tyres");

        assertThat(one.buyItem(player, "soft-tyres").problem()).isEqualTo("already-owned");
        assertThat(one.buyCar(player, "street-one").problem()).isEqualTo("already-owned");
        assertThat(one.garage(player).path("balance").asLong()).isEqualTo(850);
    }

    @Test
    void whatTheStoreDoesNotHaveIsNotSold() {
        String player = RunningInventory.newPlayer();

        assertThat(one.buyCar(player, "soft-tyres").problem()).isEqualTo("unknown-car");
        assertThat(one.buyItem(player, "street-gt").problem()).isEqualTo("unknown-item");
    }

    @Test
    void theTableItselfRefusesANegativeBalance() {
        String player = RunningInventory.newPlayer();
        one.garage(player);

        assertThatThrownBy(() ->
                        one.update("UPDATE wallets SET balance = balance - 1001 WHERE player_id = '" + player + "'"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("balance_is_not_negative");
    }

    private RunningInventory replica(int caller) {
        return caller % 2 == 0 ? one : other;
    }

    private interface Call {
        Answer by(int caller);
    }

    private static List<Answer> fiftyAtOnce(Call call) throws Exception {
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < BUYERS; i++) {
            int caller = i;
            calls.add(() -> call.by(caller));
        }
        return RunningInventory.atOnce(calls);
    }

    /** Waits until the purchase stands before the row that the test holds, and names its connection. */
    private static long connectionThatHandsOver(Statement sql, String player) {
        return await("the purchase has paid and is handing over").until(() -> waiting(sql, player), id -> id != 0);
    }

    private static long waiting(Statement sql, String player) throws SQLException {
        String query = "SELECT id FROM information_schema.processlist" + " WHERE info LIKE 'INSERT INTO player_cars%"
                + player + "%' AND id <> CONNECTION_ID()";
        try (ResultSet rows = sql.executeQuery(query)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
