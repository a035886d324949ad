package dev.paddock.manager.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.TestApi;
import dev.paddock.manager.TestApi.Answer;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LimitsIT {
    private static TestManager manager;
    private static TestManager replica;

    @BeforeAll
    static void start() {
        TestPlatform platform = TestPlatform.fresh("limits");
        // Every test is an address of its own behind one proxy.
        Map<String, Object> settings = Map.of(
                "paddock.limits.trusted-proxies", 1,
                "paddock.limits.requests-per-address", 20,
                "paddock.limits.requests-per-player", 5,
                "paddock.limits.logins-per-address", 8,
                "paddock.limits.failed-logins-per-name", 3,
                "paddock.limits.registrations-per-address", 4);
        manager = TestManager.start(platform, settings);
        replica = TestManager.start(platform, settings);
    }

    @AfterAll
    static void stop() {
        replica.close();
        manager.close();
    }

    @Test
    void anAddressThatFloodsIsSentAwayAndTheRestIsUndisturbed() {
        List<Answer> flood = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            flood.add(get(manager.api(), "10.0.0.1", "/.well-known/jwks.json"));
        }

        List<Answer> refused =
                flood.stream().filter(answer -> answer.status() == 429).toList();
        assertThat(refused).hasSizeGreaterThan(50);
        assertThat(refused.getFirst().problem()).isEqualTo("too-many-requests");
        assertThat(refused.getFirst().header("Retry-After")).isEqualTo("1");
        assertThat(flood.getFirst().status()).isEqualTo(200);
        assertThat(get(manager.api(), "10.0.0.2", "/.well-known/jwks.json").status())
                .isEqualTo(200);
    }

    @Test
    void aPlayerWhoFloodsIsSentAwayFromWhateverAddress() {
        Player player = newPlayer("10.0.1.1", "flooder");
        Player other = newPlayer("10.0.1.1", "peaceful");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            statuses.add(
                    get(player.api(), "10.0.1." + (2 + i), "/v1/players/me").status());
        }

        assertThat(statuses).contains(200, 429).doesNotContain(500);
        assertThat(get(other.api(), "10.0.1.100", "/v1/players/me").status()).isEqualTo(200);
    }

    @Test
    void registrationsFromOneAddressAreCountedOverAllReplicas() {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            TestApi api = i % 2 == 0 ? manager.api() : replica.api();
            statuses.add(register(api, "10.0.2.1", "many " + i).status());
        }

        assertThat(statuses).containsExactly(201, 201, 201, 201, 429, 429);
        Answer refused = register(manager.api(), "10.0.2.1", "many 7");
        assertThat(refused.problem()).isEqualTo("too-many-requests");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 15);
        assertThat(register(manager.api(), "10.0.2.2", "many 8").status()).isEqualTo(201);
    }

    @Test
    void failedLoginsAreCountedForTheNameOverAllReplicasAndAddresses() {
        newPlayer("10.0.3.1", "victim");
        newPlayer("10.0.3.1", "bystander");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            TestApi api = i % 2 == 0 ? manager.api() : replica.api();
            statuses.add(
                    login(api, "10.0.3." + (2 + i), "Victim", "wrong password").status());
        }

        assertThat(statuses).containsExactly(401, 401, 401, 429, 429);
        assertThat(login(manager.api(), "10.0.3.20", "bystander", TestApi.PASSWORD)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void loginsThatSucceedDoNotCountForTheName() {
        newPlayer("10.0.4.1", "regular");
        for (int i = 0; i < 7; i++) {
            assertThat(login(manager.api(), "10.0.4." + (2 + i), "regular", TestApi.PASSWORD)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void loginsFromOneAddressAreLimitedWhateverTheName() {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            statuses.add(login(manager.api(), "10.0.5.1", "nobody " + i, "wrong password")
                    .status());
        }

        assertThat(statuses).containsExactly(401, 401, 401, 401, 401, 401, 401, 401, 429, 429);
    }

    private static Player newPlayer(String address, String name) {
        Answer registered = register(manager.api(), address, name);
        assertThat(registered.status()).as(registered.text()).isEqualTo(201);
        Answer login = login(manager.api(), address, name, TestApi.PASSWORD);
        assertThat(login.status()).as(login.text()).isEqualTo(200);
        String token = login.json().get("accessToken").asText();
        return new Player(
                login.json().get("playerId").asText(),
                name,
                token,
                login.json().get("refreshToken").asText(),
                manager.api().as(token));
    }

    private static Answer register(TestApi api, String address, String name) {
        return api.post("/v1/players", Map.of("name", name, "password", TestApi.PASSWORD), from(address));
    }

    private static Answer login(TestApi api, String address, String name, String password) {
        return api.post("/v1/login", Map.of("name", name, "password", password), from(address));
    }

    private static Answer get(TestApi api, String address, String path) {
        return api.send(api.request(path).header("X-Forwarded-For", "1.2.3.4, " + address));
    }

    private static Map<String, String> from(String address) {
        return Map.of("X-Forwarded-For", "1.2.3.4, " + address);
    }
}
