package dev.paddock.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.manager.TestApi.Answer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OperationsIT {
    private static TestPlatform platform;
    private static TestManager manager;
    private static TestApi api;

    @BeforeAll
    static void start() {
        platform = TestPlatform.fresh("operations");
        manager = TestManager.start(platform);
        api = manager.api();
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @Test
    void aReplicaThatHasItsServersIsLiveAndReady() {
        assertThat(api.get("/health/liveness").status()).isEqualTo(200);
        Answer ready = api.get("/health/readiness");
        assertThat(ready.status()).as(ready.text()).isEqualTo(200);
        assertThat(ready.text()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void figuresAreThereForPrometheus() {
        Answer answer = api.get("/prometheus");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("jvm_memory_used_bytes", "hikaricp_connections");
    }

    @Test
    void theDescriptionOfTheApiKnowsEveryCall() {
        Answer answer = api.get("/openapi");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .startsWith("openapi: 3")
                .contains("/v1/players:", "/v1/players/me:", "/v1/login/refresh:", "/v1/garage/loadout:");
    }

    @Test
    void answersDoNotNameTheSoftware() {
        assertThat(api.get("/.well-known/jwks.json").header("Server")).isNull();
    }

    @Test
    void withoutAKeyItRefusesToStartAndSaysWhatToSet() {
        assertThatThrownBy(() -> TestManager.start(platform, Map.of("paddock.account.signing-key-file", "")))
                .hasRootCauseMessage("Set paddock.account.signing-key-file to the file with the EC P-256 private key"
                        + " (PKCS#8, PEM) that signs players' tokens; make one with: openssl genpkey -algorithm EC"
                        + " -pkeyopt ec_paramgen_curve:P-256");
    }

    @Test
    void withoutAServiceTokenItRefusesToStartAndSaysWhatToSet() {
        assertThatThrownBy(() -> TestManager.start(platform, Map.of("paddock.inventory.token-file", "")))
                .hasRootCauseMessage("Set paddock.inventory.token-file to the file with the inventory service's token");
    }

    @Test
    void aLimitThatMakesNoSenseIsRefusedAtTheStart() {
        assertThatThrownBy(() -> TestManager.start(platform, Map.of("paddock.limits.requests-per-player", 0)))
                .hasRootCauseMessage("Set paddock.limits.requests-per-player to 1 or more, is 0");
    }
}
