package dev.paddock.manager.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.paddock.manager.TestApi;
import dev.paddock.manager.TestApi.Answer;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.rating.Rating;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.frame.PlayerEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
        assertThat(me.json().get("uncertainty").asDouble()).isEqualTo(500);
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

    @Test
    void aLogoutOnOneReplicaHoldsAtOnceOnTheOther() {
        Player player = api.newPlayer();
        TestApi onReplica = replica.api().as(player.accessToken());
        assertThat(onReplica.get("/v1/players/me").status()).isEqualTo(200);

        assertThat(player.api().delete("/v1/login").status()).isEqualTo(204);

        assertThat(onReplica.get("/v1/players/me").problem()).isEqualTo("unauthorized");
        assertThat(api.post("/v1/login/refresh", Map.of("refreshToken", player.refreshToken()))
                        .problem())
                .isEqualTo("login-failed");
    }

    @Test
    void aLogoutIsToldToTheManagerThatHoldsTheSocket() {
        Player player = api.newPlayer();
        BlockingQueue<PlayerEvent> heard = new LinkedBlockingQueue<>();
        Bus bus = replica.bean(Bus.class);
        try (var _ = bus.subscribe(
                Subjects.player(player.playerId()), null, envelope -> heard.add(envelope.read(PlayerEvent.class)))) {
            assertThat(bus.flush(Duration.ofSeconds(5))).isTrue();
            player.api().delete("/v1/login");
            await("the event of the logout").until(() -> !heard.isEmpty());
        }
        assertThat(heard.remove()).isInstanceOf(PlayerEvent.LoggedOut.class);
    }

    @Test
    void aLogoutEndsNoOtherLoginSessionOfThePlayer() {
        Player first = api.newPlayer();
        Player second = api.login(first.name());

        first.api().delete("/v1/login");

        assertThat(second.api().get("/v1/players/me").status()).isEqualTo(200);
    }

    @Test
    void aRefreshTokenThatWasUsedBeforeEndsTheLoginSession() {
        Player player = api.newPlayer();
        Answer refreshed = api.post("/v1/login/refresh", Map.of("refreshToken", player.refreshToken()));
        assertThat(refreshed.status()).isEqualTo(200);

        Answer reused = replica.api().post("/v1/login/refresh", Map.of("refreshToken", player.refreshToken()));

        assertThat(reused.problem()).isEqualTo("login-failed");
        String next = refreshed.json().get("refreshToken").asText();
        assertThat(api.post("/v1/login/refresh", Map.of("refreshToken", next)).problem())
                .isEqualTo("login-failed");
        assertThat(player.api().get("/v1/players/me").problem()).isEqualTo("unauthorized");
    }

    @Test
    void aGuessedRefreshTokenEndsNobodysLoginSession() {
        Player player = api.newPlayer();
        String[] parts = player.refreshToken().split("\\.", -1);
        String guessed = parts[0] + "." + parts[2] + "." + parts[1];

        assertThat(api.post("/v1/login/refresh", Map.of("refreshToken", guessed))
                        .problem())
                .isEqualTo("login-failed");

        assertThat(player.api().get("/v1/players/me").status()).isEqualTo(200);
        assertThat(api.post("/v1/login/refresh", Map.of("refreshToken", player.refreshToken()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aWrongPasswordAndAnUnknownNameAreAnsweredTheSame() {
        Player player = api.newPlayer();

        Answer wrong = api.post("/v1/login", Map.of("name", player.name(), "password", "wrong password"));
        Answer unknown = api.post("/v1/login", Map.of("name", "nobody at all", "password", "wrong password"));

        assertThat(wrong.problem()).isEqualTo("login-failed");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.text()).isEqualTo(wrong.text());
    }

    @Test
    void aNameIsTakenInWhateverCaseAndWidthItIsWritten() {
        assertThat(register("Niki Lauda", null).status()).isEqualTo(201);

        for (String same : List.of("niki lauda", " NIKI  LAUDA ", "Ｎｉｋｉ Lauda")) {
            Answer taken = register(same, null);
            assertThat(taken.problem()).as(same).isEqualTo("name-taken");
            assertThat(taken.status()).isEqualTo(409);
        }
    }

    @Test
    void aRepeatedRegistrationWithItsKeyGetsTheSameAnswer() {
        Answer first = register("Repeater", "key-1");
        Answer again = register("Repeater", "key-1");

        assertThat(again.status()).as(again.text()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(register("Repeater", "key-2").problem()).isEqualTo("name-taken");
        assertThat(register("Repeater", null).problem()).isEqualTo("name-taken");
        assertThat(api.post(
                                "/v1/players",
                                Map.of("name", "Repeater", "password", "another password"),
                                Map.of("Idempotency-Key", "key-1"))
                        .problem())
                .isEqualTo("idempotency-mismatch");
    }

    @Test
    void ofManyWhoTakeANameAtTheSameMomentOneGetsIt() throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> wishes = IntStream.range(0, 12)
                    .<Callable<Answer>>mapToObj(i -> () -> (i % 2 == 0 ? api : replica.api())
                            .post("/v1/players", Map.of("name", "Only One", "password", PASSWORD)))
                    .toList();
            List<String> outcomes = executor.invokeAll(wishes).stream()
                    .map(Future::resultNow)
                    .map(answer -> answer.status() == 201 ? "registered" : answer.problem())
                    .sorted()
                    .toList();
            assertThat(outcomes).hasSize(12).endsWith("registered");
            assertThat(outcomes.subList(0, 11)).containsOnly("name-taken");
        }
        assertThat(api.login("Only One").playerId()).isNotEmpty();
    }

    @Test
    void anotherPlayerSeesNoMoreThanWhatIsPublic() {
        Answer registered = api.post(
                "/v1/players", Map.of("name", "With Mail", "password", PASSWORD, "email", "secret@example.org"));
        String playerId = registered.json().get("playerId").asText();

        Answer seen = api.newPlayer().api().get("/v1/players/" + playerId);

        assertThat(seen.status()).as(seen.text()).isEqualTo(200);
        assertThat(seen.json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("playerId", "name", "rating", "uncertainty", "stats", "createdAt");
    }

    @Test
    void anUnknownPlayerIsNotFound() {
        TestApi player = api.newPlayer().api();
        for (String id : List.of("nobody", "%27%20OR%201%3D1", "a".repeat(1000), "%F0%9F%8F%8E")) {
            assertThat(player.get("/v1/players/" + id).problem()).as(id).isEqualTo("not-found");
        }
    }

    @Test
    void aProfileIsKeptForTheTimesWhenMysqlIsDown() {
        Player player = api.newPlayer();

        Profile profile = replica.bean(Profiles.class).of(player.playerId());

        assertThat(profile).isEqualTo(new Profile(player.playerId(), player.name(), Rating.FIRST, List.of()));
        assertThat(replica.bean(Profiles.class).of("nobody").rating()).isEqualTo(Rating.FIRST);
    }

    @Test
    void theKeySetHoldsThePublicHalfAlone() throws Exception {
        Answer keys = api.get("/.well-known/jwks.json");

        assertThat(keys.status()).isEqualTo(200);
        assertThat(keys.text()).doesNotContain("\"d\"");
        ECKey key = JWKSet.parse(keys.text()).getKeys().getFirst().toECKey();
        SignedJWT access = SignedJWT.parse(api.newPlayer().accessToken());
        assertThat(access.getHeader().getKeyID()).isEqualTo(key.getKeyID());
        assertThat(access.verify(new ECDSAVerifier(key))).isTrue();
    }

    private static Answer register(String name, @Nullable String key) {
        Map<String, String> headers = key == null ? Map.of() : Map.of("Idempotency-Key", key);
        return api.post("/v1/players", Map.of("name", name, "password", PASSWORD), headers);
    }
}
