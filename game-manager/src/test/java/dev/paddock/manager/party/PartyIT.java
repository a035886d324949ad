package dev.paddock.manager.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.manager.FakeDirector;
import dev.paddock.manager.TestApi;
import dev.paddock.manager.TestApi.Answer;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.TestSocket;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.mode.Regions;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.manager.ticket.Tickets;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Role;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parties on two replicas, in a mode whose teams have three players, and that no test brings together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartyIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final MatchingRules RULES = new MatchingRules(
            new Teams(2, 3),
            new Window(100, 10, 500),
            new Window(100, 10, 500),
            Duration.ofMinutes(5),
            List.of("version"),
            List.of(new Role("tank", 0, 3)),
            null,
            false,
            null);

    private final TestPlatform platform = TestPlatform.fresh("parties");
    private final FakeDirector director =
            new FakeDirector(platform.nats(), FakeDirector.limits(Duration.ofSeconds(30), 3), RULES);
    private final TestManager one = TestManager.start(platform);
    private final TestManager other = TestManager.start(platform);
    private final TestRedis redis = TestRedis.connect(platform.redis());
    private final String mode = director.mode().name();

    @BeforeAll
    void awaitMode() {
        for (TestManager manager : List.of(one, other)) {
            await("the mode is known")
                    .until(() -> manager.bean(Modes.class).find(mode).isPresent()
                            && manager.bean(Regions.class)
                                    .find(director.region())
                                    .isPresent());
        }
    }

    @AfterAll
    void stop() {
        redis.close();
        one.close();
        other.close();
        director.close();
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
        String anns = party(ann);
        String bens = party(ben);

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
        join(code);
        join(code);

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

    @Test
    void theLeaderQueuesThePartyAsOneTicketAndAnyMemberCancelsIt() {
        Player ann = one.api().newPlayer();
        String code = party(ann);
        Player ben = join(code);
        ben.api()
                .put(
                        members(code) + "/me",
                        Map.of("latencies", Map.of(director.region(), 30), "roles", List.of("tank", "dancer")));
        try (TestSocket anns = TestSocket.open(one.url(), ann.accessToken())) {
            anns.next("Welcome");

            Answer queued = queue(ann, code);

            assertThat(queued.status()).as(queued.text()).isEqualTo(201);
            Ticket ticket = ticketOf(ann);
            assertThat(ticketOf(ben)).isEqualTo(ticket);
            assertThat(ticket.players())
                    .extracting(TicketPlayer::playerId)
                    .containsExactly(ann.playerId(), ben.playerId());
            assertThat(ticket.players().getLast().latencies()).isEqualTo(Map.of(director.region(), 30));
            assertThat(ticket.players().getLast().roles()).containsExactly("tank");

            Answer cancelled = on(other, ben).delete("/v1/tickets/" + ticket.ticketId());

            assertThat(cancelled.json().path("state").asText()).isEqualTo("CANCELLED");
            assertThat(anns.next("TicketUpdated").at("/ticket/state").asText()).isEqualTo("CANCELLED");
            assertNobodyIsQueued(ann, ben);
            assertThat(queue(ann, code).status()).isEqualTo(201);
        }
        ann.api().delete("/v1/tickets/" + ticketOf(ann).ticketId());
    }

    @Test
    void theSameKeyIsTheSameTicketOfTheParty() {
        Player ann = one.api().newPlayer();
        String code = party(ann);
        Player ben = join(code);
        Map<String, String> key = Map.of("Idempotency-Key", "press");
        Map<String, String> body = Map.of("mode", mode, "partyCode", code);
        String first =
                ann.api().post("/v1/tickets", body, key).json().path("ticketId").asText();

        Answer again = on(other, ann).post("/v1/tickets", body, key);
        ben.api().delete("/v1/tickets/" + first);
        Answer afterItsEnd = ann.api().post("/v1/tickets", body, key);

        assertThat(again.json().path("ticketId").asText()).isEqualTo(first);
        assertThat(afterItsEnd.json().path("state").asText()).isEqualTo("CANCELLED");
        assertNobodyIsQueued(ann, ben);
    }

    @Test
    void whoLeavesCancelsThePartysTicket() {
        Player ann = one.api().newPlayer();
        String code = party(ann);
        Player ben = join(code);
        queue(ann, code);
        String ticketId = ticketOf(ann).ticketId();

        on(other, ben).delete(members(code) + "/me");

        JsonNode ticket = ann.api().get("/v1/tickets/" + ticketId).json();
        assertThat(ticket.path("state").asText()).isEqualTo("CANCELLED");
        assertThat(ticket.path("reason").asText()).isEqualTo("party-changed");
        assertNobodyIsQueued(ann, ben);
    }

    @Test
    void aLeaderWhoLeavesCancelsThePartysTicketAndTheOthersCanQueueAgain() {
        Player ann = one.api().newPlayer();
        String code = party(ann);
        Player ben = join(code);
        Player cid = join(code);
        queue(ann, code);

        ann.api().delete(members(code) + "/me");

        assertNobodyIsQueued(ann, ben, cid);
        assertThat(queue(cid, code).problem()).isEqualTo("forbidden");
        assertThat(queue(ben, code).status()).isEqualTo(201);
        assertThat(ticketOf(ben).players()).hasSize(2);
        ben.api().delete("/v1/tickets/" + ticketOf(ben).ticketId());
    }

    @Test
    void theLeaderTakesAMemberOutAndThePartysTicketEnds() {
        Player ann = one.api().newPlayer();
        String code = party(ann);
        Player ben = join(code);
        Player cid = join(code);
        Player eve = one.api().newPlayer();
        queue(ann, code);
        try (TestSocket bens = TestSocket.open(one.url(), ben.accessToken())) {
            bens.next("Welcome");
            assertThat(cid.api().delete(members(code) + "/" + ben.playerId()).problem())
                    .isEqualTo("forbidden");
            assertThat(eve.api().delete(members(code) + "/" + ben.playerId()).problem())
                    .isEqualTo("not-found");
            assertThat(ticketOf(ben).state()).isEqualTo(TicketState.WAITING);

            Answer out = on(other, ann).delete(members(code) + "/" + ben.playerId());

            assertThat(out.status()).as(out.text()).isEqualTo(204);
            JsonNode told = bens.next("TicketUpdated");
            assertThat(told.at("/ticket/reason").asText()).isEqualTo("party-changed");
            assertThat(bens.next("PartyUpdated").has("party")).isFalse();
        }
        assertNobodyIsQueued(ann, ben, cid);
        assertThat(ann.api().delete(members(code) + "/" + ben.playerId()).status())
                .isEqualTo(204);
        assertThat(ann.api().get("/v1/parties/" + code).json().path("members").size())
                .isEqualTo(2);
    }

    @Test
    void whoLeavesAPartyThatIsNotHisLeavesTheTicketOfHisOwnAlone() {
        Player ann = one.api().newPlayer();
        String code = party(ann);
        Player ben = join(code);
        Player eve = one.api().newPlayer();
        String evesCode = party(eve);
        queue(ann, code);

        ben.api().delete(members(evesCode) + "/me");
        Answer out = eve.api().delete(members(evesCode) + "/" + ben.playerId());

        assertThat(out.status()).isEqualTo(204);
        assertThat(ticketOf(ben).state()).isEqualTo(TicketState.WAITING);
        ann.api().delete("/v1/tickets/" + ticketOf(ann).ticketId());
    }

    @Test
    void whoJoinsOrLogsOutWhileThePartyWaitsLeavesItsTicketAsItIs() {
        Player ann = one.api().newPlayer();
        String code = party(ann);
        Player ben = join(code);
        queue(ann, code);
        Ticket before = ticketOf(ann);

        join(code);
        ben.api().delete("/v1/login");

        assertThat(ticketOf(ann)).isEqualTo(before);
        assertThat(before.players()).hasSize(2);
        assertThat(ann.api().get("/v1/parties/" + code).json().path("members").size())
                .isEqualTo(3);
        ann.api().delete("/v1/tickets/" + before.ticketId());
    }

    @Test
    void whoIsBlockedWhileThePlayerWaitsIsAvoidedFromThenOn() {
        Player ann = one.api().newPlayer();
        Player eve = one.api().newPlayer();
        String code = party(ann);
        Player ben = join(code);
        queue(ann, code);
        Ticket before = ticketOf(ben);
        String path = "/v1/players/me/blocked/" + eve.playerId();

        on(other, ben).put(path, Map.of());

        Ticket blocking = ticketOf(ben);
        assertThat(blocking.players().getFirst().avoids()).isEmpty();
        assertThat(blocking.players().getLast().avoids()).containsExactly(eve.playerId());
        assertThat(blocking.createdAt()).isEqualTo(before.createdAt());
        // The matcher has heard of it: what arrived last is the changed ticket.
        String arrived = redis.commands().hget(new QueueKeys(mode).ticket(before.ticketId()), "players");
        assertThat(arrived).contains(eve.playerId());

        on(other, ben).delete(path);

        assertThat(ticketOf(ben)).isEqualTo(before);
        ann.api().delete("/v1/tickets/" + before.ticketId());
        on(other, ben).put(path, Map.of());
        assertThat(one.bean(Tickets.class)
                        .find(mode, before.ticketId())
                        .orElseThrow()
                        .state())
                .isEqualTo(TicketState.CANCELLED);
    }

    @Test
    void aMemberWhoIsQueuedElsewhereIsNamedAndNothingIsHalfQueued() {
        Player ann = one.api().newPlayer();
        String code = party(ann);
        Player ben = join(code);
        Player cid = join(code);
        Map<String, Object> alone = Map.of("mode", mode);
        cid.api().post("/v1/tickets", alone);
        Ticket cids = ticketOf(cid);

        Answer refused = queue(ann, code);

        assertThat(refused.problem()).isEqualTo("member-busy");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("members." + cid.playerId());
        assertNobodyIsQueued(ann, ben);
        assertThat(ticketOf(cid)).isEqualTo(cids);
        cid.api().delete("/v1/tickets/" + cids.ticketId());
        assertThat(queue(ann, code).status()).isEqualTo(201);
        ann.api().delete("/v1/tickets/" + ticketOf(ann).ticketId());
    }

    @Test
    void whatAReplicaLeftThatDiedWhileItTookThePlacesIsTakenOver() {
        Player ann = one.api().newPlayer();
        String code = party(ann);
        Player ben = join(code);
        String lost = mode + " " + Id.next(RANDOM) + " ";
        long now = Instant.now().toEpochMilli();
        redis.commands().set(QueueKeys.claim(ben.playerId()), lost + now);
        assertThat(queue(ann, code).problem()).isEqualTo("member-busy");
        assertThat(redis.commands().exists(QueueKeys.claim(ann.playerId()))).isZero();

        redis.commands().set(QueueKeys.claim(ben.playerId()), lost + (now - 11_000));

        assertThat(queue(ann, code).status()).isEqualTo(201);
        ann.api().delete("/v1/tickets/" + ticketOf(ann).ticketId());
    }

    @RepeatedTest(15)
    void twoRequestsAtOnceAndAMemberAloneMakeNoPlayerHoldTwoTickets() throws Exception {
        Player ann = one.api().newPlayer();
        String code = party(ann);
        Player ben = join(code);
        List<Callable<Answer>> calls = List.of(
                () -> queue(ann, code),
                () -> on(other, ann).post("/v1/tickets", Map.of("mode", mode, "partyCode", code)),
                () -> on(other, ben).post("/v1/tickets", Map.of("mode", mode)));
        List<Answer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).allMatch(answer -> answer.status() == 201 || answer.status() == 409);
        List<String> queued = answers.stream()
                .filter(answer -> answer.status() == 201)
                .map(answer -> answer.json().path("ticketId").asText())
                .toList();
        // None at all is possible: each may have stood in the other's way.
        assertThat(queued).hasSizeLessThanOrEqualTo(1);
        for (Player player : List.of(ann, ben)) {
            one.bean(Tickets.class)
                    .currentOf(player.playerId())
                    .ifPresent(ticket -> assertThat(queued).contains(ticket.ticketId()));
        }
        for (String ticketId : queued) {
            ben.api().delete("/v1/tickets/" + ticketId);
        }
        assertNobodyIsQueued(ann, ben);
    }

    @Test
    void tooLargeAPartyOrOneThatDiffersOrAMemberWhoIsNotTheLeaderQueuesNothing() {
        Player ann = one.api().newPlayer();
        String code = party(ann);
        Player ben = join(code);
        ben.api().put(members(code) + "/me", Map.of("attributes", Map.of("version", "2")));

        Answer differs = ann.api()
                .post("/v1/tickets", Map.of("mode", mode, "partyCode", code, "attributes", Map.of("version", "1")));
        Answer member = queue(ben, code);
        ben.api().put(members(code) + "/me", Map.of());
        join(code);
        join(code);
        Answer large = queue(ann, code);

        assertThat(differs.problem()).as(differs.text()).isEqualTo("party-differs");
        assertThat(differs.json().at("/errors/0/field").asText())
                .isEqualTo("members." + ben.playerId() + ".attributes.version");
        assertThat(member.problem()).isEqualTo("forbidden");
        assertThat(large.problem()).isEqualTo("bad-request");
        assertThat(large.json().at("/errors/0/field").asText()).isEqualTo("partyCode");
        assertNobodyIsQueued(ann, ben);
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
        assertNobodyIsQueued(player);
    }

    private String party(Player leader) {
        return leader.api().post("/v1/parties", Map.of()).json().path("code").asText();
    }

    private Player join(String code) {
        Player player = one.api().newPlayer();
        Answer joined = player.api().post(members(code), Map.of());
        assertThat(joined.status()).as(joined.text()).isEqualTo(200);
        return player;
    }

    private Answer queue(Player player, String code) {
        return player.api().post("/v1/tickets", Map.of("mode", mode, "partyCode", code));
    }

    private Ticket ticketOf(Player player) {
        return one.bean(Tickets.class).currentOf(player.playerId()).orElseThrow();
    }

    private void assertNobodyIsQueued(Player... players) {
        for (Player player : players) {
            assertThat(redis.commands().get(QueueKeys.claim(player.playerId()))).isNull();
        }
        assertThat(redis.commands().keys("paddock:{" + mode + "}:ticket:*")).allMatch(key -> isOver(key, players));
    }

    private boolean isOver(String ticketKey, Player... players) {
        Ticket ticket = Ticket.of(redis.commands().hgetall(ticketKey));
        return ticket.state() != TicketState.WAITING
                || List.of(players).stream().noneMatch(player -> ticket.isOf(player.playerId()));
    }

    private static TestApi on(TestManager manager, Player player) {
        return manager.api().as(player.accessToken());
    }

    private static String members(String code) {
        return "/v1/parties/" + code + "/members";
    }
}
