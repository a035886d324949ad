package dev.paddock.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.paddock.local.server.MysqlDatabase;
import dev.paddock.local.server.MysqlServer;
import dev.paddock.local.server.RedisServer;
import dev.paddock.local.server.ServerHome;
import dev.paddock.local.server.SharedServers;
import dev.paddock.manager.TestApi.Answer;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.account.Profiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What players see while something behind the manager is away, and after it came back. */
class OutageIT {
    private static final String PASSWORD = "0123456789abcdef";

    @Test
    void withoutRedisNobodyIsToldToLogInAgain(@TempDir Path folder) {
        ServerHome home = ServerHome.in(folder, what -> {});
        RedisServer redis = RedisServer.start(home, 0, PASSWORD);
        int port = redis.port();
        try (TestManager manager = TestManager.start(TestPlatform.withRedis("noredis", redis.uri(0)))) {
            Player player = manager.api().newPlayer();
            redis.close();

            Answer me = player.api().get("/v1/players/me");
            assertThat(me.problem()).as(me.text()).isEqualTo("unavailable");
            assertThat(me.status()).isEqualTo(503);
            assertThat(me.header("Retry-After")).isNotNull();
            Answer login = manager.api().post("/v1/login", Map.of("name", player.name(), "password", TestApi.PASSWORD));
            assertThat(login.problem()).as(login.text()).isEqualTo("unavailable");
            assertThat(manager.api().get("/health/readiness").status()).isEqualTo(503);
            assertThat(manager.api().get("/health/liveness").status()).isEqualTo(200);
            assertThat(manager.api().get("/.well-known/jwks.json").status()).isEqualTo(200);

            redis = RedisServer.start(home, port, PASSWORD);
            await("a login after Redis came back")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> manager.api()
                                    .post("/v1/login", Map.of("name", player.name(), "password", TestApi.PASSWORD))
                                    .status()
                            == 200);
        } finally {
            redis.close();
        }
    }

    @Test
    void withoutMysqlThoseWhoAreLoggedInStaySo(@TempDir Path folder) {
        ServerHome home = ServerHome.in(folder, what -> {});
        MysqlDatabase.Wanted wanted = new MysqlDatabase.Wanted("paddock", "paddock", PASSWORD);
        MysqlServer mysql = MysqlServer.start(home, 0, PASSWORD, List.of(wanted));
        TestPlatform shared = TestPlatform.fresh("nomysql");
        TestPlatform platform = new TestPlatform(
                shared.redis(),
                mysql.databases().getFirst(),
                SharedServers.nats(),
                shared.signingKey(),
                shared.serviceToken());
        try (TestManager manager = TestManager.start(platform)) {
            Player player = manager.api().newPlayer();
            mysql.close();

            assertThat(player.api().get("/v1/players/me").problem()).isEqualTo("unavailable");
            assertThat(manager.api()
                            .post("/v1/players", Map.of("name", "Too Late", "password", TestApi.PASSWORD))
                            .problem())
                    .isEqualTo("unavailable");
            assertThat(manager.bean(Profiles.class).of(player.playerId()).name())
                    .isEqualTo(player.name());
            assertThat(manager.api().get("/health/readiness").status()).isEqualTo(200);
            Answer refreshed = manager.api().post("/v1/login/refresh", Map.of("refreshToken", player.refreshToken()));
            assertThat(refreshed.status()).as(refreshed.text()).isEqualTo(200);
            assertThat(player.api().delete("/v1/login").status()).isEqualTo(204);
        } finally {
            mysql.close();
        }
    }

    @Test
    void aManagerThatIsStartedWithoutMysqlServesAndOpensAccountsWhenItIsBack(@TempDir Path folder) {
        ServerHome home = ServerHome.in(folder, what -> {});
        MysqlDatabase.Wanted wanted = new MysqlDatabase.Wanted("paddock", "paddock", PASSWORD);
        MysqlServer mysql = MysqlServer.start(home, 0, PASSWORD, List.of(wanted));
        int port = mysql.port();
        TestPlatform shared = TestPlatform.fresh("latemysql");
        TestPlatform platform = new TestPlatform(
                shared.redis(),
                mysql.databases().getFirst(),
                SharedServers.nats(),
                shared.signingKey(),
                shared.serviceToken());
        mysql.close();
        try (TestManager manager = TestManager.start(platform)) {
            assertThat(manager.api().get("/health/readiness").status()).isEqualTo(200);
            assertThat(manager.api()
                            .post("/v1/players", Map.of("name", "Too Early", "password", TestApi.PASSWORD))
                            .problem())
                    .isEqualTo("unavailable");

            mysql = MysqlServer.start(home, port, PASSWORD, List.of(wanted));
            await("a registration after MySQL came back")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> manager.api()
                                    .post("/v1/players", Map.of("name", "In Time", "password", TestApi.PASSWORD))
                                    .status()
                            == 201);
        } finally {
            mysql.close();
        }
    }

    @Test
    void aWrongPasswordForMysqlIsSaidAtTheStart() {
        TestPlatform platform = TestPlatform.fresh("wrongpassword");

        assertThatThrownBy(() -> TestManager.start(platform, Map.of("datasources.default.password", "wrong")))
                .rootCause()
                .hasMessageContaining("Access denied");
    }
}
