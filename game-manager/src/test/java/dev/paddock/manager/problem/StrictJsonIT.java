package dev.paddock.manager.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.FakeDirector;
import dev.paddock.manager.TestApi.Answer;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.manager.ticket.Tickets;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every body of the REST API with a value of another type than it must be: refused, and nothing is done. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrictJsonIT {
    private final TestPlatform platform = TestPlatform.withRedis("strictjson", TestRedis.shared());
    private final FakeDirector director =
            new FakeDirector(platform.nats(), FakeDirector.limits(Duration.ofSeconds(30), 3));
    private final TestManager manager = TestManager.start(platform);
    private final TestRedis redis = TestRedis.connect(platform.redis());
    private Player player;

    @BeforeAll
    void awaitMode() {
        Awaitility.await("the mode is known")
                .until(() ->
                        manager.bean(Modes.class).find(director.mode().name()).isPresent());
        player = manager.api().newPlayer();
    }

    @AfterAll
    void stop() {
        redis.close();
        manager.close();
        director.close();
    }

    // NAME is free, MODE and REGION are known, TOKEN is the player's refresh token: each would do, were its type right.
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST | /v1/players        | ["NAME"]                                                    | body
            POST | /v1/players        | [{"name":"NAME","password":"long enough"}]                  | body
            POST | /v1/players        | "NAME"                                                      | body
            POST | /v1/players        | {"name":["NAME"],"password":"long enough"}                  | name
            POST | /v1/players        | {"name":123456,"password":"long enough"}                    | name
            POST | /v1/players        | {"name":true,"password":"long enough"}                      | name
            POST | /v1/players        | {"name":"NAME","password":["long enough"]}                  | password
            POST | /v1/players        | {"name":"NAME","password":1234567890}                       | password
            POST | /v1/players        | {"name":"NAME","password":12345678.5}                       | password
            POST | /v1/players        | {"name":"NAME","password":{}}                               | password
            POST | /v1/players        | {"name":"NAME","password":"long enough","email":["a@b.c"]}  | email
            POST | /v1/players        | {"name":"NAME","password":"long enough","email":5}          | email
            POST | /v1/login          | [{"name":"PLAYER","password":"PASSWORD"}]                   | body
            POST | /v1/login          | {"name":["PLAYER"],"password":"PASSWORD"}                   | name
            POST | /v1/login          | {"name":7,"password":"PASSWORD"}                            | name
            POST | /v1/login          | {"name":"PLAYER","password":["PASSWORD"]}                   | password
            POST | /v1/login          | {"name":"PLAYER","password":12345678}                       | password
            POST | /v1/login/refresh  | "TOKEN"                                                     | body
            POST | /v1/login/refresh  | ["TOKEN"]                                                   | body
            POST | /v1/login/refresh  | [{"refreshToken":"TOKEN"}]                                  | body
            POST | /v1/login/refresh  | {"refreshToken":["TOKEN"]}                                  | refreshToken
            POST | /v1/login/refresh  | {"refreshToken":5}                                          | refreshToken
            POST | /v1/tickets        | "MODE"                                                      | body
            POST | /v1/tickets        | ["MODE"]                                                    | body
            POST | /v1/tickets        | [{"mode":"MODE"}]                                           | body
            POST | /v1/tickets        | {"mode":["MODE"]}                                           | mode
            POST | /v1/tickets        | {"mode":7}                                                  | mode
            POST | /v1/tickets        | {"mode":"MODE","latencies":{"REGION":"10"}}                 | latencies.REGION
            POST | /v1/tickets        | {"mode":"MODE","latencies":{"REGION":""}}                   | latencies.REGION
            POST | /v1/tickets        | {"mode":"MODE","latencies":{"REGION":10.0}}                 | latencies.REGION
            POST | /v1/tickets        | {"mode":"MODE","latencies":{"REGION":1e1}}                  | latencies.REGION
            POST | /v1/tickets        | {"mode":"MODE","latencies":{"REGION":[10]}}                 | latencies.REGION
            POST | /v1/tickets        | {"mode":"MODE","latencies":{"REGION":true}}                 | latencies.REGION
            POST | /v1/tickets        | {"mode":"MODE","latencies":{"REGION":99999999999}}          | latencies
            POST | /v1/tickets        | {"mode":"MODE","latencies":[{"REGION":10}]}                 | latencies
            POST | /v1/tickets        | {"mode":"MODE","latencies":""}                              | latencies
            POST | /v1/tickets        | {"mode":"MODE","latencies":[]}                              | latencies
            POST | /v1/tickets        | {"mode":"MODE","partyCode":4711}                            | partyCode
            POST | /v1/garage/cars    | "volt"                                                      | body
            POST | /v1/garage/cars    | ["volt"]                                                    | body
            POST | /v1/garage/cars    | [{"carId":"volt"}]                                          | body
            POST | /v1/garage/cars    | {"carId":["volt"]}                                          | carId
            POST | /v1/garage/cars    | {"carId":7}                                                 | carId
            POST | /v1/garage/items   | "slicks"                                                    | body
            POST | /v1/garage/items   | ["slicks"]                                                  | body
            POST | /v1/garage/items   | [{"itemId":"slicks"}]                                       | body
            POST | /v1/garage/items   | {"itemId":["slicks"]}                                       | itemId
            POST | /v1/garage/items   | {"itemId":false}                                            | itemId
            PUT  | /v1/garage/loadout | "volt"                                                      | body
            PUT  | /v1/garage/loadout | ["volt"]                                                    | body
            PUT  | /v1/garage/loadout | [{"carId":"volt"}]                                          | body
            PUT  | /v1/garage/loadout | {"carId":["volt"]}                                          | carId
            PUT  | /v1/garage/loadout | {"carId":1}                                                 | carId
            PUT  | /v1/garage/loadout | {"carId":"volt","items":"slicks"}                           | items
            PUT  | /v1/garage/loadout | {"carId":"volt","items":""}                                 | items
            PUT  | /v1/garage/loadout | {"carId":"volt","items":{"0":"slicks"}}                     | items
            PUT  | /v1/garage/loadout | {"carId":"volt","items":[["slicks"]]}                       | items.[0]
            PUT  | /v1/garage/loadout | {"carId":"volt","items":[1]}                                | items.[0]
            """)
    void aValueOfAnotherTypeIsRefusedByItsName(String method, String path, String body, String field) {
        String sent = body.replace("NAME", "Never Made")
                .replace("PLAYER", player.name())
                .replace("PASSWORD", dev.paddock.manager.TestApi.PASSWORD)
                .replace("TOKEN", player.refreshToken())
                .replace("MODE", director.mode().name())
                .replace("REGION", director.region());
        var before = redis.commands().keys("paddock:*login*");

        Answer answer = player.api().send(method, path, sent, Map.of());

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("bad-request");
        assertThat(answer.json().at("/errors/0/field").asText())
                .as(answer.text())
                .isEqualTo(field.replace("REGION", director.region()));
        assertThat(redis.commands().keys("paddock:*login*")).containsExactlyInAnyOrderElementsOf(before);
        assertThat(manager.bean(Tickets.class).currentOf(player.playerId())).isEmpty();
    }

    @Test
    void nobodyWasRegisteredByAllThat() {
        Answer login = manager.api().post("/v1/login", Map.of("name", "Never Made", "password", "long enough"));

        assertThat(login.problem()).isEqualTo("login-failed");
        assertThat(manager.api()
                        .post("/v1/players", Map.of("name", "Never Made", "password", "long enough"))
                        .status())
                .isEqualTo(201);
    }
}
