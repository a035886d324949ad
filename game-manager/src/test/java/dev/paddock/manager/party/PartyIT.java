package dev.paddock.manager.party;

import static dev.paddock.manager.party.PartyFixture.members;
import static dev.paddock.manager.party.PartyFixture.on;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.manager.FakeDirector;
import dev.paddock.manager.TestApi.Answer;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestSocket;
import dev.paddock.manager.redis.TestRedis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parties on two replicas: made, joined, left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartyIT {
    private final PartyFixture parties = new PartyFixture();
    private final TestManager one = parties.one();
    private final TestManager other = parties.other();
    private final TestRedis redis = parties.redis();
    private final FakeDirector director = parties.director();
    private final String mode = director.mode().name();

    @AfterAll
    void stop() {
        parties.close();
    }

    @Test
    void aPartyIsMadeJoinedAndLeftAndEveryMemberIsTold() {
        Player ann = one.api().newPlayer();
        Player ben = one.api().newPlayer();
        try (TestSocket anns = TestSocket.open(one.url(), ann.accessToken());
                TestSocket bens = TestSocket.open(other.url(), ben.accessToken())) {
            assertThat(anns.next("Welcome").has("party")).isFalse();
            bens.next("Welcome");

            Answer made = ann.api().post("/v1/parties", Map.of("roles", List.of("tank")));
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            String code = made.json().path("code").asText();
            assertThat(made.json().path("leader").asText()).isEqualTo(ann.playerId());
            assertThat(made.json().at("/members/0/roles/0").asText()).isEqualTo("tank");
            anns.next("PartyUpdated");

            Answer joined = on(other, ben).post(members(code), Map.of());
            assertThat(joined.status()).as(joined.text()).isEqualTo(200);
            assertThat(joined.json().path("members").size()).isEqualTo(2);
            for (TestSocket socket : List.of(anns, bens)) {
                JsonNode told = socket.next("PartyUpdated");
                assertThat(told.at("/party/members/1/playerId").asText()).isEqualTo(ben.playerId());
                assertThat(told.path("id").asText()).isEqualTo(code + ".2");
            }
            try (TestSocket late = TestSocket.open(other.url(), ann.accessToken())) {
                assertThat(late.next("Welcome").at("/party/code").asText()).isEqualTo(code);
            }

            assertThat(ann.api().delete(members(code) + "/me").status()).isEqualTo(204);
            JsonNode left = bens.next("PartyUpdated");
            assertThat(left.at("/party/leader").asText()).isEqualTo(ben.playerId());
            assertThat(anns.next("PartyUpdated").has("party")).isFalse();
            assertThat(ann.api().get("/v1/parties/" + code).problem()).isEqualTo("not-found");
            assertThat(on(other, ben).get("/v1/parties/" + code).status()).isEqualTo(200);

            ben.api().delete(members(code) + "/me");
            assertThat(redis.commands().keys("paddock:{party}:*" + code)).isEmpty();
        }
    }

    @Test
    void aPlayerIsInOneParty() {
        Player ann = one.api().newPlayer();
        Player ben = one.api().newPlayer();
        String anns = parties.party(ann);
        String bens = parties.party(ben);

        assertThat(ben.api().post(members(anns), Map.of()).problem()).isEqualTo("already-in-party");
        assertThat(on(other, ben).post("/v1/parties", Map.of()).problem()).isEqualTo("already-in-party");
        assertThat(ben.api().post(members(bens), Map.of()).status()).isEqualTo(200);

        // A party that has ended by itself holds nobody.
        redis.commands().del("paddock:{party}:" + bens);
        assertThat(ben.api().post(members(anns), Map.of()).status()).isEqualTo(200);
    }

    @Test
    void aPartyOfAModeHasAsManyPlacesAsItsTeams() {
        String code = one.api()
                .newPlayer()
                .api()
                .post("/v1/parties", Map.of("mode", mode))
                .json()
                .path("code")
                .asText();
        parties.join(code);
        parties.join(code);

        assertThat(one.api().newPlayer().api().post(members(code), Map.of()).problem())
                .isEqualTo("party-full");
    }

    @Test
    void whoTriesCodesIsStopped() {
        Player player = one.api().newPlayer();
        for (int i = 0; i < 10; i++) {
            assertThat(player.api()
                            .post(members("2222222" + "23456789AB".charAt(i)), Map.of())
                            .problem())
                    .isEqualTo("not-found");
        }

        Answer stopped = on(other, player).post(members("33333333"), Map.of());

        assertThat(stopped.problem()).isEqualTo("too-many-requests");
        assertThat(stopped.header("Retry-After")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST | /v1/parties                     | {"mode":"no-such-mode"}                | unknown-mode
            POST | /v1/parties                     | {"mode":7}                             | bad-request
            POST | /v1/parties                     | {"code":"ABCDEFGH"}                    | bad-request
            POST | /v1/parties                     | []                                     | bad-request
            POST | /v1/parties                     | {"latencies":{"x":-1}}                 | bad-request
            POST | /v1/parties                     | {"latencies":{"atlantis":1}}           | unknown-region
            POST | /v1/parties                     | {"roles":["A"]}                        | bad-request
            POST | /v1/parties                     | {"attributes":{"a":""}}                | bad-request
            POST | /v1/parties/x/members           | {}                                     | not-found
            POST | /v1/parties/%7Bx%7D/members     | {}                                     | not-found
            POST | /v1/parties/22222222/members    | {}                                     | not-found
            POST | /v1/parties/22222222/members    | {"role":"tank"}                        | bad-request
            PUT  | /v1/parties/22222222/members/me | {}                                     | not-found
            PUT  | /v1/parties/x/members/me        | {}                                     | not-found
            GET  | /v1/parties/x                   | ``                                     | not-found
            GET  | /v1/parties/22222222            | ``                                     | not-found
            POST | /v1/tickets                     | {"mode":"MODE","partyCode":"x"}        | bad-request
            POST | /v1/tickets                     | {"mode":"MODE","partyCode":"22222222"} | not-found
            POST | /v1/tickets                     | {"mode":"MODE","partyCode":7}          | bad-request
            """)
    void whatMakesNoSenseIsRefusedAndLeavesNothing(String method, String path, String body, String problem) {
        Player player = one.api().newPlayer();

        Answer answer = player.api().send(method, path, body.replace("MODE", mode), new HashMap<>());

        assertThat(answer.problem()).as(answer.status() + answer.text()).isEqualTo(problem);
        assertThat(one.bean(Parties.class).of(player.playerId())).isEmpty();
        parties.assertNobodyIsQueued(player);
    }
}
