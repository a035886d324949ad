package dev.paddock.manager.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.TestApi;
import dev.paddock.manager.TestApi.Answer;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AccountIT {
    private static final String PASSWORD = TestApi.PASSWORD;
    private static TestManager manager;
    private static TestManager replica;
    private static TestApi api;

    @BeforeAll
    static void start() {
        TestPlatform platform = TestPlatform.fresh("account");
        manager = TestManager.start(platform);
        replica = TestManager.start(platform);
        api = manager.api();
    }

    @AfterAll
    static void stop() {
        replica.close();
        manager.close();
    }

    @Test
    void aPlayerRegistersLogsInLooksRefreshesAndLogsOut() {
        Answer registered =
                api.post("/v1/players", Map.of("name", "Ayrton S.", "password", PASSWORD, "email", "a@example.org"));
        assertThat(registered.status()).as(registered.text()).isEqualTo(201);
        String playerId = registered.json().get("playerId").asText();
        assertThat(registered.json().size()).isEqualTo(2);
        assertThat(registered.json().get("name").asText()).isEqualTo("Ayrton S.");

        Answer login = api.post("/v1/login", Map.of("name", "AYRTON s.", "password", PASSWORD));
        assertThat(login.status()).as(login.text()).isEqualTo(200);
        assertThat(login.json().get("tokenType").asText()).isEqualTo("Bearer");
        assertThat(login.json().get("expiresIn").asLong()).isEqualTo(900);
        assertThat(login.json().get("playerId").asText()).isEqualTo(playerId);
        assertThat(login.header("Cache-Control")).isEqualTo("no-store");

        TestApi player = api.as(login.json().get("accessToken").asText());
        Answer me = player.get("/v1/players/me");
        assertThat(me.status()).as(me.text()).isEqualTo(200);
        assertThat(me.json().get("email").asText()).isEqualTo("a@example.org");
        assertThat(me.json().get("rating").asDouble()).isEqualTo(1500);
        assertThat(me.json().get("stats").get("played").asInt()).isZero();
        assertThat(me.json().get("createdAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");

        Answer refreshed = api.post(
                "/v1/login/refresh",
                Map.of("refreshToken", login.json().get("refreshToken").asText()));
        assertThat(refreshed.status()).as(refreshed.text()).isEqualTo(200);
        player = api.as(refreshed.json().get("accessToken").asText());
        assertThat(player.get("/v1/players/me").status()).isEqualTo(200);

        assertThat(player.delete("/v1/login").status()).isEqualTo(204);
        Answer after = player.get("/v1/players/me");
        assertThat(after.problem()).isEqualTo("unauthorized");
        assertThat(after.header("WWW-Authenticate")).isEqualTo("Bearer");
    }
}
