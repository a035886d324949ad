package dev.paddock.manager.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.manager.FakeDirector;
import dev.paddock.manager.TestApi;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.protocol.mode.MatchLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What players and operators learn of a queue, from whichever of two replicas: one of them holds the lease. Operators have
 * a token on the first only.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminIT {
    private static final String TOKEN = "an-admin-token-for-tests-only";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final MatchLimits LIMITS = FakeDirector.limits(Duration.ofSeconds(30), 3);

    private final TestPlatform platform = TestPlatform.fresh("insight");
    private final FakeDirector director = new FakeDirector(platform.nats(), LIMITS);
    private final String mode = director.mode().name();
    private TestManager one;
    private TestManager other;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("admin-token"), TOKEN + "\n");
        one = TestManager.start(platform, Map.of("paddock.admin.token-file", token.toString()));
        other = TestManager.start(platform);
        awaitMode(director);
        await("a replica has the lease").atMost(SOON).until(() -> report().has("tickets"));
    }

    @AfterAll
    void stop() {
        one.close();
        other.close();
        director.close();
    }

    @Test
    void aTicketThatWaitsSaysWhereItStandsAndWhyOnBothReplicas() {
        TestApi.Player far = one.api().newPlayer();
        TestApi.Player player = one.api().newPlayer();
        // Nobody of this region is ever near enough to play: the mode's latency window ends at 500 ms.
        String farTicket = queue(far, 9000);
        String ticketId = queue(player, 20);

        for (TestManager manager : new TestManager[] {one, other}) {
            TestApi api = manager.api().as(player.accessToken());
            await("the holder of the lease knows both tickets")
                    .atMost(SOON)
                    .untilAsserted(() ->
                            assertOutlook(api.get("/v1/tickets/" + ticketId).json()));
        }
        far.api().delete("/v1/tickets/" + farTicket);
        JsonNode cancelled = player.api().delete("/v1/tickets/" + ticketId).json();
        assertThat(cancelled.path("state").asText()).isEqualTo("CANCELLED");
        assertThat(player.api().get("/v1/tickets/" + ticketId).json().has("outlook"))
                .isFalse();
    }

    @Test
    void operatorsSeeTheQueueOfAMode() {
        TestApi.Player player = one.api().newPlayer();
        String ticketId = queue(player, 9000);

        await("the ticket is counted").atMost(SOON).untilAsserted(() -> {
            JsonNode report = report();
            assertThat(report.path("mode").asText()).isEqualTo(mode);
            assertThat(report.path("tickets").asInt()).isEqualTo(1);
            assertThat(report.path("players").asInt()).isEqualTo(1);
            assertThat(report.path("waitingMs").path("max").asDouble()).isPositive();
            assertThat(report.path("recent").path("matches").asInt(-1)).isZero();
            assertThat(report.path("rejections").path("byRule").has("latency")).isTrue();
        });
        String metrics = one.api().get("/prometheus").text()
                + other.api().get("/prometheus").text();
        assertThat(metrics.lines().filter(line -> line.startsWith("paddock_queue_tickets{") && line.contains(mode)))
                .hasSize(2)
                .anyMatch(line -> line.endsWith(" 1.0"))
                .anyMatch(line -> line.endsWith(" 0.0"));
        player.api().delete("/v1/tickets/" + ticketId);
    }

    @Test
    void onceEnoughWereMatchedANewTicketIsToldHowLongItMayTake() {
        try (FakeDirector busy = new FakeDirector(platform.nats(), LIMITS)) {
            awaitMode(busy);
            for (int i = 0; i < 20; i++) {
                TestApi.Answer queued = one.api()
                        .newPlayer()
                        .api()
                        .post("/v1/tickets", Map.of("mode", busy.mode().name()));
                assertThat(queued.status()).as(queued.text()).isEqualTo(201);
            }
            TestApi.Player player = other.api().newPlayer();

            await("the estimate comes to the other replica too").atMost(SOON).untilAsserted(() -> {
                JsonNode ticket = player.api()
                        .post("/v1/tickets", Map.of("mode", busy.mode().name()))
                        .json();
                player.api().delete("/v1/tickets/" + ticket.path("ticketId").asText());
                JsonNode estimate = ticket.path("estimate");
                assertThat(estimate.path("samples").asInt()).isEqualTo(20);
                assertThat(estimate.path("medianMs").asLong(-1)).isBetween(0L, 5000L);
            });
            JsonNode recent = one.api()
                    .as(TOKEN)
                    .get("/v1/admin/queues/" + busy.mode().name())
                    .json()
                    .path("recent");
            assertThat(recent.path("matches").asInt()).isEqualTo(10);
            assertThat(recent.path("ratingDifference").path("max").asDouble(-1)).isZero();
            assertThat(recent.path("waitedMs").path("max").asDouble()).isPositive();
            // They named no latencies.
            assertThat(recent.has("worstLatencyMs")).isFalse();
        }
    }

    @Test
    void onlyTheTokenOpensTheDoor() {
        String path = "/v1/admin/queues/" + mode;
        TestApi.Player player = one.api().newPlayer();

        assertThat(one.api().get(path).problem()).isEqualTo("unauthorized");
        assertThat(player.api().get(path).status()).isEqualTo(403);
        assertThat(one.api().as(TOKEN + "x").get(path).status()).isEqualTo(401);
        assertThat(one.api().as(TOKEN.substring(1)).get(path).status()).isEqualTo(401);
        assertThat(one.api().as(TOKEN).get("/v1/admin/queues/no-such-mode").problem())
                .isEqualTo("not-found");
        // Where no token is set, nobody has it.
        assertThat(other.api().as(TOKEN).get(path).status()).isEqualTo(401);
        assertThat(other.api().as("").get(path).status()).isEqualTo(401);
    }

    @Test
    void anOperatorIsNobodyElsewhere() {
        TestApi operator = one.api().as(TOKEN);

        assertThat(operator.get("/v1/players/me").status()).isEqualTo(401);
        assertThat(operator.post("/v1/tickets", Map.of("mode", mode)).status()).isEqualTo(401);
        assertThat(operator.get("/v1/admin/../players/me").status()).isIn(400, 401, 403, 404);
    }

    @Test
    void aTokenThatCanBeGuessedIsRefusedAtTheStart(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("admin-token"), "short");

        assertThatThrownBy(() -> TestManager.start(platform, Map.of("paddock.admin.token-file", token.toString())))
                .hasStackTraceContaining("paddock.admin.token-file");
    }

    private void awaitMode(FakeDirector of) {
        for (TestManager manager : new TestManager[] {one, other}) {
            await("mode and region are known")
                    .atMost(SOON)
                    .until(() -> names(manager, "/v1/modes", of.mode().name())
                            && names(manager, "/v1/regions", of.region()));
        }
    }

    private static boolean names(TestManager manager, String path, String name) {
        return StreamSupport.stream(manager.api().get(path).json().spliterator(), false)
                .anyMatch(known -> known.path("name").asText().equals(name));
    }

    private void assertOutlook(JsonNode ticket) {
        JsonNode outlook = ticket.path("outlook");
        assertThat(outlook.path("position").asInt()).as(ticket.toString()).isEqualTo(2);
        assertThat(outlook.path("waiting").asInt()).isEqualTo(2);
        assertThat(outlook.path("rankWindow").asDouble()).isBetween(100.0, 900.0);
        assertThat(outlook.path("latencyWindows").path(director.region()).asDouble())
                .isBetween(100.0, 500.0);
        JsonNode why = outlook.path("why");
        assertThat(why.path("lookedAt").asInt()).isEqualTo(1);
        assertThat(why.path("latency").asInt()).isEqualTo(1);
        assertThat(why.path("rank").asInt()).isZero();
        assertThat(why.path("missingPlayers").asInt()).isEqualTo(1);
        // Nobody was matched in this mode yet.
        assertThat(ticket.has("estimate")).isFalse();
    }

    private String queue(TestApi.Player player, int latency) {
        TestApi.Answer queued =
                player.api().post("/v1/tickets", Map.of("mode", mode, "latencies", Map.of(director.region(), latency)));
        assertThat(queued.status()).as(queued.text()).isEqualTo(201);
        return queued.json().path("ticketId").asText();
    }

    private JsonNode report() {
        return one.api().as(TOKEN).get("/v1/admin/queues/" + mode).json();
    }
}
