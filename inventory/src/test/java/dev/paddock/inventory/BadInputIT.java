package dev.paddock.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.inventory.RunningInventory.Answer;
import dev.paddock.local.server.SharedServers;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer is a problem with a stable type, and nothing has changed. */
@TestInstance(Lifecycle.PER_CLASS)
class BadInputIT {
    private final String player = RunningInventory.newPlayer();
    private final String cars = "/internal/players/" + player + "/cars";
    private final String loadout = "/internal/players/" + player + "/loadout";
    private RunningInventory inventory;

    @BeforeAll
    void start() {
        inventory = RunningInventory.on(SharedServers.mysqlDatabase("badinput"));
    }

    @AfterAll
    void stop() {
        assertThat(inventory.garage(player).path("balance").asLong()).isEqualTo(1000);
        inventory.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{",
                "{}",
                "[]",
                "7",
                "\"street-gt\"",
                "{\"carId\"",
                "{\"carId\":null}",
                "{\"carId\":7}",
                "{\"carId\":true}",
                "{\"carId\":[\"street-gt\"]}",
                "{\"carId\":{\"carId\":\"street-gt\"}}",
                "{\"carId\":\"\"}",
                "{\"carId\":\"Street GT\"}",
                "{\"carId\":\"street-gt' OR 1=1\"}",
                "{\"carId\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}",
                "{\"carId\":\"street-gt\",\"price\":0}",
                "{\"carId\":\"street-one\",\"carId\":\"street-gt\"}",
                "{\"carId\":\"street-gt\"}{\"carId\":\"street-gt\"}",
                "<carId>street-gt</carId>"
            })
    void aBodyThatIsNoWishForACarIsABadRequest(String body) {
        assertThat(inventory.post(cars, body).problem()).isEqualTo("bad-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"carId\":\"street-one\"}",
                "{\"carId\":\"street-one\",\"items\":null}",
                "{\"carId\":\"street-one\",\"items\":\"soft-tyres\"}",
                "{\"carId\":\"street-one\",\"items\":[null]}",
                "{\"carId\":\"street-one\",\"items\":[1]}",
                "{\"carId\":\"street-one\",\"items\":[\"SOFT\"]}",
                "{\"carId\":\"street-one\",\"items\":[[\"soft-tyres\"]]}",
                "{\"carId\":\"street-one\",\"items\":[],\"stats\":{\"powerKw\":9000}}",
                "{\"carId\":\"street-one\",\"items\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\",\"k\",\"l\","
                        + "\"m\",\"n\",\"o\",\"p\",\"q\"]}"
            })
    void aBodyThatIsNoLoadoutIsABadRequest(String body) {
        assertThat(inventory.put(loadout, body).problem()).isEqualTo("bad-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "AAAAAAAAAAAAAAAAAAAAAAAAAA", "%20", "a%2Fb", "aaaaaaaaaaaaaaaaaaaaaaaaaaa", "%00"})
    void whatIsNoPlayersIdIsABadRequest(String playerId) {
        assertThat(inventory.get("/internal/players/" + playerId + "/garage").problem())
                .isEqualTo("bad-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"with space", "with\ttab", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void aKeyThatCannotBeStoredIsABadRequest(String key) {
        assertThat(inventory.postWithKey(cars, key, "{\"carId\":\"street-gt\"}").problem())
                .isEqualTo("bad-request");
    }

    @Test
    void aBodyOverTheLimitIsTooLarge() {
        String big = "{\"carId\":\"" + "a".repeat(64 * 1024) + "\"}";

        assertThat(inventory.post(cars, big).problem()).isEqualTo("too-large");
    }

    @Test
    void aBodyOverTheLimitIsTooLargeThoughItsLengthIsNotSaid() {
        byte[] big = "a".repeat(100_000).getBytes(StandardCharsets.UTF_8);

        Answer answer = inventory.send(
                inventory.request(cars).POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(big))));

        assertThat(answer.problem()).isEqualTo("too-large");
    }

    @Test
    void aBodyThatIsNotSentAsJsonIsNotUnderstood() {
        Answer answer = inventory.send(inventory
                .request(cars)
                .setHeader("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"carId\":\"street-gt\"}")));

        assertThat(answer.problem()).isEqualTo("unsupported-media-type");
    }

    @Test
    void anAnswerThatIsNotJsonIsNotToBeHad() {
        Answer answer = inventory.send(inventory
                .request("/internal/cars")
                .header("Accept", "text/html")
                .GET());

        assertThat(answer.problem()).isEqualTo("not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/internal", "/internal/players", "/internal/nothing", "/beans", "/env", "/loggers"})
    void anUnknownPathIsNotFound(String path) {
        assertThat(inventory.get(path).problem()).isEqualTo("not-found");
    }

    @Test
    void aWrongMethodIsNotAllowed() {
        assertThat(inventory.send(inventory.request(cars).DELETE()).problem()).isEqualTo("method-not-allowed");
        assertThat(inventory.post("/internal/cars", "{}").problem()).isEqualTo("method-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer wrong",
                "Bearer a-token-for-tests-alon",
                "Bearer a-token-for-tests-alone2",
                "Basic a-token-for-tests-alone",
                "a-token-for-tests-alone"
            })
    void withoutTheServiceTokenNothingIsToldOrDone(String authorization) {
        Answer answer = inventory.send(inventory
                .bare(cars)
                .header("Authorization", authorization)
                .POST(BodyPublishers.ofString("{\"carId\":\"street-gt\"}")));

        assertThat(answer.problem()).isEqualTo("unauthorized");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/cars",
                "/internal/cars/",
                "//internal/cars",
                "/INTERNAL/cars",
                "/%69nternal/cars",
                "/health/../internal/cars",
                "/nothing"
            })
    void noSpellingOfAPathIsOpen(String path) {
        assertThat(inventory.send(inventory.bare(path).GET()).problem()).isEqualTo("unauthorized");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/liveness", "/health/readiness", "/prometheus"})
    void healthAndMetricsNeedNoToken(String path) {
        assertThat(inventory.send(inventory.bare(path).GET()).status()).isEqualTo(200);
    }

    @Test
    void healthTellsNoDetails() {
        assertThat(inventory.send(inventory.bare("/health").GET()).json().fieldNames())
                .toIterable()
                .containsExactly("status");
    }
}
