package dev.paddock.manager.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.manager.FakeDirector;
import dev.paddock.manager.TestApi;
import dev.paddock.manager.TestApi.Answer;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.mode.MatchLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The REST API of tickets, modes and regions on two replicas. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TicketApiIT {
    private static final MatchLimits LIMITS = FakeDirector.limits(Duration.ofSeconds(30), 3);

    private final TestPlatform platform = TestPlatform.fresh("tickets");
    private final FakeDirector director = new FakeDirector(platform.nats(), LIMITS);
    private final FakeDirector otherDirector = new FakeDirector(platform.nats(), LIMITS);
    private final TestManager one = TestManager.start(platform);
    private final TestManager other = TestManager.start(platform);
    private final String mode = director.mode().name();
    private final String otherMode = otherDirector.mode().name();

    @BeforeAll
    void awaitModes() {
        for (TestManager manager : new TestManager[] {one, other}) {
            await("modes and regions are known")
                    .until(() -> names(manager.api().get("/v1/modes"), otherMode)
                            && names(manager.api().get("/v1/modes"), mode)
                            && names(manager.api().get("/v1/regions"), otherDirector.region())
                            && names(manager.api().get("/v1/regions"), director.region()));
        }
    }

    @AfterAll
    void stop() {
        one.close();
        other.close();
        director.close();
        otherDirector.close();
    }

    @Test
    void everyoneSeesModesAndRegions() {
        JsonNode modes = one.api().get("/v1/modes").json();

        JsonNode ours = StreamSupport.stream(modes.spliterator(), false)
                .filter(found -> found.path("name").asText().equals(mode))
                .findFirst()
                .orElseThrow();
        assertThat(ours.path("teams").path("count").asInt()).isEqualTo(2);
        assertThat(ours.path("teams").path("size").asInt()).isEqualTo(1);
        assertThat(ours.path("players").asInt()).isEqualTo(2);
    }

    @Test
    void aTicketIsQueuedLookedAtAndCancelledOnWhicheverReplica() {
        TestApi.Player player = one.api().newPlayer();
        TestApi elsewhere = other.api().as(player.accessToken());

        Answer queued = player.api().post("/v1/tickets", alone());

        assertThat(queued.status()).as(queued.text()).isEqualTo(201);
        JsonNode ticket = queued.json();
        assertThat(ticket.path("mode").asText()).isEqualTo(mode);
        assertThat(ticket.path("state").asText()).isEqualTo("WAITING");
        assertThat(Instant.parse(ticket.path("createdAt").asText()))
                .isBefore(Instant.now().plusSeconds(5));
        String path = "/v1/tickets/" + ticket.path("ticketId").asText();
        Answer looked = elsewhere.get(path);
        assertThat(looked.status()).isEqualTo(200);
        assertThat(looked.json().path("createdAt")).isEqualTo(ticket.path("createdAt"));
        assertThat(elsewhere.delete(path).json().path("state").asText()).isEqualTo("CANCELLED");
        assertThat(player.api().delete(path).json().path("state").asText()).isEqualTo("CANCELLED");
        assertThat(player.api().get(path).json().path("state").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void aSecondTicketIsRefusedOnTheOtherReplicaToo() {
        TestApi.Player player = one.api().newPlayer();
        player.api().post("/v1/tickets", alone());

        Answer again = other.api().as(player.accessToken()).post("/v1/tickets", Map.of("mode", otherMode));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("already-queued");
        cancelAll(player, again);
    }

    @Test
    void anothersTicketIsNotThere() {
        TestApi.Player player = one.api().newPlayer();
        TestApi.Player stranger = one.api().newPlayer();
        String path = "/v1/tickets/"
                + player.api()
                        .post("/v1/tickets", alone())
                        .json()
                        .path("ticketId")
                        .asText();

        assertThat(stranger.api().get(path).problem()).isEqualTo("not-found");
        assertThat(stranger.api().delete(path).problem()).isEqualTo("not-found");
        assertThat(one.api().get(path).problem()).isEqualTo("unauthorized");

        assertThat(player.api().get(path).json().path("state").asText()).isEqualTo("WAITING");
        player.api().delete(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "..%2F..%2Fqueue", "aaaaaaaaaaaaaaaaaaaaaaaaaa", "%7Bm%7D"})
    void aTicketThatNeverWasIsNotThere(String ticketId) {
        TestApi.Player player = one.api().newPlayer();

        assertThat(player.api().get("/v1/tickets/" + ticketId).status()).isEqualTo(404);
        assertThat(player.api().delete("/v1/tickets/" + ticketId).status()).isEqualTo(404);
    }

    @Test
    void theSameKeyIsTheSameTicketAndForAnotherModeAMistake() {
        TestApi.Player player = one.api().newPlayer();
        Map<String, String> key = Map.of("Idempotency-Key", "press-1");
        Answer first = player.api().post("/v1/tickets", alone(), key);

        Answer again = other.api().as(player.accessToken()).post("/v1/tickets", alone(), key);
        Answer misused = player.api().post("/v1/tickets", Map.of("mode", otherMode), key);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().path("ticketId")).isEqualTo(first.json().path("ticketId"));
        assertThat(misused.problem()).isEqualTo("idempotency-mismatch");
        cancelAll(player, first);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"mode":"no-such-mode"}                                   | 422 | unknown-mode
            {"mode":"MODE","latencies":{"atlantis":10}}               | 422 | unknown-region
            {"mode":"MODE","partyCode":"ABCD"}                        | 400 | bad-request
            {"mode":"MODE","partyCode":"ABCDEFGH"}                    | 404 | not-found
            {"mode":"MODE","modus":"x"}                               | 400 | bad-request
            {"mode":7}                                                | 400 | bad-request
            {"mode":""}                                               | 400 | bad-request
            {"mode":null}                                             | 400 | bad-request
            {}                                                        | 400 | bad-request
            []                                                        | 400 | bad-request
            {"mode":"MODE","latencies":{"REGION":-1}}                 | 400 | bad-request
            {"mode":"MODE","latencies":{"REGION":10001}}              | 400 | bad-request
            {"mode":"MODE","latencies":{"REGION":1.5}}                | 400 | bad-request
            {"mode":"MODE","latencies":{"REGION":"10"}}               | 400 | bad-request
            {"mode":"MODE","latencies":{"REGION":null}}               | 400 | bad-request
            {"mode":"MODE","latencies":{"":10}}                       | 400 | bad-request
            {"mode":"MODE","latencies":[1]}                           | 400 | bad-request
            {"mode":                                                  | 400 | bad-request
            {"mode":"MODE","attributes":[]}                           | 400 | bad-request
            {"mode":"MODE","attributes":{"version":1}}                | 400 | bad-request
            {"mode":"MODE","attributes":{"version":null}}             | 400 | bad-request
            {"mode":"MODE","attributes":{"version":""}}               | 400 | bad-request
            {"mode":"MODE","attributes":{"Version":"1"}}              | 400 | bad-request
            {"mode":"MODE","attributes":{"":"1"}}                     | 400 | bad-request
            {"mode":"MODE","roles":["tank"]}                          | 400 | bad-request
            {"mode":"MODE","roles":"tank"}                            | 400 | bad-request
            {"mode":"MODE","roles":[null]}                            | 400 | bad-request
            {"mode":"MODE","roles":["TANK"]}                          | 400 | bad-request
            {"mode":"MODE","roles":["a","a"]}                         | 400 | bad-request
            """)
    void whatCannotBeQueuedIsRefusedAndLeavesNothing(String body, int status, String problem) {
        TestApi.Player player = one.api().newPlayer();
        String sent = body.replace("MODE", mode).replace("REGION", director.region());

        Answer answer = player.api().send("POST", "/v1/tickets", sent, Map.of());

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(one.bean(Tickets.class).currentOf(player.playerId())).isEmpty();
    }

    @Test
    void tooManyAttributesAndTooLongOnesAreRefusedByName() {
        TestApi.Player player = one.api().newPlayer();
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < 17; i++) {
            attributes.put("a" + i, "x");
        }

        Answer many = player.api().post("/v1/tickets", Map.of("mode", mode, "attributes", attributes));
        Answer longest =
                player.api().post("/v1/tickets", Map.of("mode", mode, "attributes", Map.of("version", "x".repeat(65))));

        assertThat(many.json().findValuesAsText("field")).containsExactly("attributes");
        assertThat(longest.json().findValuesAsText("field")).containsExactly("attributes.version");
    }

    @Test
    void aTicketTakesAlongAttributesAndWhomItsPlayerBlocks() {
        TestApi.Player player = one.api().newPlayer();
        TestApi.Player blocked = one.api().newPlayer();
        player.api().put("/v1/players/me/blocked/" + blocked.playerId(), Map.of());

        Answer queued = other.api()
                .as(player.accessToken())
                .post(
                        "/v1/tickets",
                        Map.of(
                                "mode",
                                mode,
                                "latencies",
                                Map.of(director.region(), 5000),
                                "attributes",
                                Map.of("version", "1.2")));

        assertThat(queued.status()).as(queued.text()).isEqualTo(201);
        Ticket ticket = one.bean(Tickets.class).currentOf(player.playerId()).orElseThrow();
        assertThat(ticket.attributes()).isEqualTo(Map.of("version", "1.2"));
        assertThat(ticket.first().avoids()).containsExactly(blocked.playerId());
        cancelAll(player, queued);
    }

    @Test
    void tooManyLatenciesAndStrangeKeysAreRefused() {
        TestApi.Player player = one.api().newPlayer();
        Map<String, Integer> latencies = new HashMap<>();
        for (int i = 0; i < 33; i++) {
            latencies.put("r" + i, 10);
        }

        Answer many = player.api().post("/v1/tickets", Map.of("mode", mode, "latencies", latencies));
        Answer strange = player.api().post("/v1/tickets", alone(), Map.of("Idempotency-Key", "a".repeat(500)));

        assertThat(many.problem()).isEqualTo("bad-request");
        assertThat(strange.problem()).isEqualTo("bad-request");
    }

    @Test
    void unknownRegionsBesideAKnownOneArePassedOver() {
        TestApi.Player player = one.api().newPlayer();

        Answer answer = player.api()
                .post("/v1/tickets", Map.of("mode", mode, "latencies", Map.of(director.region(), 499, "atlantis", 1)));

        assertThat(answer.status()).isEqualTo(201);
        Ticket ticket = one.bean(Tickets.class).currentOf(player.playerId()).orElseThrow();
        assertThat(ticket.first().latencies()).isEqualTo(Map.of(director.region(), 499));
        assertThat(ticket.first().name()).isEqualTo(player.name());
        cancelAll(player, answer);
    }

    @Test
    void whoeverIsInAMatchCanNeitherCancelNorQueueAnew() {
        TestApi.Player player = one.api().newPlayer();
        TestApi.Player opponent = other.api().newPlayer();
        Map<String, Object> here = Map.of("mode", otherMode, "latencies", Map.of(otherDirector.region(), 10));
        String path = "/v1/tickets/"
                + player.api().post("/v1/tickets", here).json().path("ticketId").asText();
        opponent.api().post("/v1/tickets", here);

        await("the two are matched")
                .until(() ->
                        player.api().get(path).json().path("state").asText().equals("MATCHED"));

        assertThat(Id.isValid(player.api().get(path).json().path("matchId").asText()))
                .isTrue();
        Answer cancelled = player.api().delete(path);
        assertThat(cancelled.status()).isEqualTo(409);
        assertThat(cancelled.problem()).isEqualTo("ticket-ended");
        assertThat(cancelled.json().path("detail").asText()).contains("MATCHED");
        assertThat(player.api().post("/v1/tickets", alone()).problem()).isEqualTo("already-in-match");
    }

    /** In a mode whose players no test brings together: 500 ms is as far as its window ever goes. */
    private Map<String, Object> alone() {
        return Map.of("mode", mode, "latencies", Map.of(director.region(), 5000));
    }

    private static void cancelAll(TestApi.Player player, Answer answer) {
        String ticketId = answer.json().path("ticketId").asText();
        if (!ticketId.isEmpty()) {
            assertThat(player.api().delete("/v1/tickets/" + ticketId).status()).isEqualTo(200);
        }
    }

    private static boolean names(Answer answer, String name) {
        return answer.status() == 200
                && StreamSupport.stream(answer.json().spliterator(), false)
                        .anyMatch(found -> found.path("name").asText().equals(name));
    }
}
