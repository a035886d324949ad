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
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.manager.ticket.Tickets;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.frame.TicketState;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Parties that queue, on two replicas, in a mode that no test brings together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueuedPartyIT {
    private static final SecureRandom RANDOM = new SecureRandom();

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
    void theLeaderQueuesThePartyAsOneTicketAndAnyMemberCancelsIt() {
        Player ann = one.api().newPlayer();
        String code = parties.party(ann);
        Player ben = parties.join(code);
        ben.api()
                .put(
                        members(code) + "/me",
                        Map.of("latencies", Map.of(director.region(), 30), "roles", List.of("tank", "dancer")));
        try (TestSocket anns = TestSocket.open(one.url(), ann.accessToken())) {
            anns.next("Welcome");

            Answer queued = parties.queue(ann, code);

            assertThat(queued.status()).as(queued.text()).isEqualTo(201);
            Ticket ticket = parties.ticketOf(ann);
            assertThat(parties.ticketOf(ben)).isEqualTo(ticket);
            assertThat(ticket.players())
                    .extracting(TicketPlayer::playerId)
                    .containsExactly(ann.playerId(), ben.playerId());
            assertThat(ticket.players().getLast().latencies()).isEqualTo(Map.of(director.region(), 30));
            assertThat(ticket.players().getLast().roles()).containsExactly("tank");

            Answer cancelled = on(other, ben).delete("/v1/tickets/" + ticket.ticketId());

            assertThat(cancelled.json().path("state").asText()).isEqualTo("CANCELLED");
            assertThat(anns.next("TicketUpdated").at("/ticket/state").asText()).isEqualTo("CANCELLED");
            parties.assertNobodyIsQueued(ann, ben);
            assertThat(parties.queue(ann, code).status()).isEqualTo(201);
        }
        ann.api().delete("/v1/tickets/" + parties.ticketOf(ann).ticketId());
    }

    @Test
    void theSameKeyIsTheSameTicketOfTheParty() {
        Player ann = one.api().newPlayer();
        String code = parties.party(ann);
        Player ben = parties.join(code);
        Map<String, String> key = Map.of("Idempotency-Key", "press");
        Map<String, String> body = Map.of("mode", mode, "partyCode", code);
        String first =
                ann.api().post("/v1/tickets", body, key).json().path("ticketId").asText();

        Answer again = on(other, ann).post("/v1/tickets", body, key);
        ben.api().delete("/v1/tickets/" + first);
        Answer afterItsEnd = ann.api().post("/v1/tickets", body, key);

        assertThat(again.json().path("ticketId").asText()).isEqualTo(first);
        assertThat(afterItsEnd.json().path("state").asText()).isEqualTo("CANCELLED");
        parties.assertNobodyIsQueued(ann, ben);
    }

    @Test
    void whoLeavesCancelsThePartysTicket() {
        Player ann = one.api().newPlayer();
        String code = parties.party(ann);
        Player ben = parties.join(code);
        parties.queue(ann, code);
        String ticketId = parties.ticketOf(ann).ticketId();

        on(other, ben).delete(members(code) + "/me");

        JsonNode ticket = ann.api().get("/v1/tickets/" + ticketId).json();
        assertThat(ticket.path("state").asText()).isEqualTo("CANCELLED");
        assertThat(ticket.path("reason").asText()).isEqualTo("party-changed");
        parties.assertNobodyIsQueued(ann, ben);
    }

    @Test
    void aLeaderWhoLeavesCancelsThePartysTicketAndTheOthersCanQueueAgain() {
        Player ann = one.api().newPlayer();
        String code = parties.party(ann);
        Player ben = parties.join(code);
        Player cid = parties.join(code);
        parties.queue(ann, code);

        ann.api().delete(members(code) + "/me");

        parties.assertNobodyIsQueued(ann, ben, cid);
        assertThat(parties.queue(cid, code).problem()).isEqualTo("forbidden");
        assertThat(parties.queue(ben, code).status()).isEqualTo(201);
        assertThat(parties.ticketOf(ben).players()).hasSize(2);
        ben.api().delete("/v1/tickets/" + parties.ticketOf(ben).ticketId());
    }

    @Test
    void theLeaderTakesAMemberOutAndThePartysTicketEnds() {
        Player ann = one.api().newPlayer();
        String code = parties.party(ann);
        Player ben = parties.join(code);
        Player cid = parties.join(code);
        Player eve = one.api().newPlayer();
        parties.queue(ann, code);
        try (TestSocket bens = TestSocket.open(one.url(), ben.accessToken())) {
            bens.next("Welcome");
            assertThat(cid.api().delete(members(code) + "/" + ben.playerId()).problem())
                    .isEqualTo("forbidden");
            assertThat(eve.api().delete(members(code) + "/" + ben.playerId()).problem())
                    .isEqualTo("not-found");
            assertThat(parties.ticketOf(ben).state()).isEqualTo(TicketState.WAITING);

            Answer out = on(other, ann).delete(members(code) + "/" + ben.playerId());

            assertThat(out.status()).as(out.text()).isEqualTo(204);
            JsonNode told = bens.next("TicketUpdated");
            assertThat(told.at("/ticket/reason").asText()).isEqualTo("party-changed");
            assertThat(bens.next("PartyUpdated").has("party")).isFalse();
        }
        parties.assertNobodyIsQueued(ann, ben, cid);
        assertThat(ann.api().delete(members(code) + "/" + ben.playerId()).status())
                .isEqualTo(204);
        assertThat(ann.api().get("/v1/parties/" + code).json().path("members").size())
                .isEqualTo(2);
    }

    @Test
    void whoLeavesAPartyThatIsNotHisLeavesTheTicketOfHisOwnAlone() {
        Player ann = one.api().newPlayer();
        String code = parties.party(ann);
        Player ben = parties.join(code);
        Player eve = one.api().newPlayer();
        String evesCode = parties.party(eve);
        parties.queue(ann, code);

        ben.api().delete(members(evesCode) + "/me");
        Answer out = eve.api().delete(members(evesCode) + "/" + ben.playerId());

        assertThat(out.status()).isEqualTo(204);
        assertThat(parties.ticketOf(ben).state()).isEqualTo(TicketState.WAITING);
        ann.api().delete("/v1/tickets/" + parties.ticketOf(ann).ticketId());
    }

    @Test
    void whoJoinsOrLogsOutWhileThePartyWaitsLeavesItsTicketAsItIs() {
        Player ann = one.api().newPlayer();
        String code = parties.party(ann);
        Player ben = parties.join(code);
        parties.queue(ann, code);
        Ticket before = parties.ticketOf(ann);

        parties.join(code);
        ben.api().delete("/v1/login");

        assertThat(parties.ticketOf(ann)).isEqualTo(before);
        assertThat(before.players()).hasSize(2);
        assertThat(ann.api().get("/v1/parties/" + code).json().path("members").size())
                .isEqualTo(3);
        ann.api().delete("/v1/tickets/" + before.ticketId());
    }

    @Test
    void whoIsBlockedWhileThePlayerWaitsIsAvoidedFromThenOn() {
        Player ann = one.api().newPlayer();
        Player eve = one.api().newPlayer();
        String code = parties.party(ann);
        Player ben = parties.join(code);
        parties.queue(ann, code);
        Ticket before = parties.ticketOf(ben);
        String path = "/v1/players/me/blocked/" + eve.playerId();

        on(other, ben).put(path, Map.of());

        Ticket blocking = parties.ticketOf(ben);
        assertThat(blocking.players().getFirst().avoids()).isEmpty();
        assertThat(blocking.players().getLast().avoids()).containsExactly(eve.playerId());
        assertThat(blocking.createdAt()).isEqualTo(before.createdAt());
        // The matcher has heard of it: what arrived last is the changed ticket.
        String arrived = redis.commands().hget(new QueueKeys(mode).ticket(before.ticketId()), "ticket");
        assertThat(arrived).contains(eve.playerId());

        on(other, ben).delete(path);

        assertThat(parties.ticketOf(ben)).isEqualTo(before);
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
        String code = parties.party(ann);
        Player ben = parties.join(code);
        Player cid = parties.join(code);
        Map<String, Object> alone = Map.of("mode", mode);
        cid.api().post("/v1/tickets", alone);
        Ticket cids = parties.ticketOf(cid);

        Answer refused = parties.queue(ann, code);

        assertThat(refused.problem()).isEqualTo("member-busy");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("members." + cid.playerId());
        parties.assertNobodyIsQueued(ann, ben);
        assertThat(parties.ticketOf(cid)).isEqualTo(cids);
        cid.api().delete("/v1/tickets/" + cids.ticketId());
        assertThat(parties.queue(ann, code).status()).isEqualTo(201);
        ann.api().delete("/v1/tickets/" + parties.ticketOf(ann).ticketId());
    }

    @Test
    void whatAReplicaLeftThatDiedWhileItTookThePlacesIsTakenOver() {
        Player ann = one.api().newPlayer();
        String code = parties.party(ann);
        Player ben = parties.join(code);
        String lost = mode + " " + Id.next(RANDOM) + " ";
        long now = Instant.now().toEpochMilli();
        redis.commands().set(QueueKeys.claim(ben.playerId()), lost + now);
        assertThat(parties.queue(ann, code).problem()).isEqualTo("member-busy");
        assertThat(redis.commands().exists(QueueKeys.claim(ann.playerId()))).isZero();

        redis.commands().set(QueueKeys.claim(ben.playerId()), lost + (now - 11_000));

        assertThat(parties.queue(ann, code).status()).isEqualTo(201);
        ann.api().delete("/v1/tickets/" + parties.ticketOf(ann).ticketId());
    }

    @RepeatedTest(15)
    void twoRequestsAtOnceAndAMemberAloneMakeNoPlayerHoldTwoTickets() throws Exception {
        Player ann = one.api().newPlayer();
        String code = parties.party(ann);
        Player ben = parties.join(code);
        List<Callable<Answer>> calls = List.of(
                () -> parties.queue(ann, code),
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
        parties.assertNobodyIsQueued(ann, ben);
    }

    @Test
    void tooLargeAPartyOrOneThatDiffersOrAMemberWhoIsNotTheLeaderQueuesNothing() {
        Player ann = one.api().newPlayer();
        String code = parties.party(ann);
        Player ben = parties.join(code);
        ben.api().put(members(code) + "/me", Map.of("attributes", Map.of("version", "2")));

        Answer differs = ann.api()
                .post("/v1/tickets", Map.of("mode", mode, "partyCode", code, "attributes", Map.of("version", "1")));
        Answer member = parties.queue(ben, code);
        ben.api().put(members(code) + "/me", Map.of());
        parties.join(code);
        parties.join(code);
        Answer large = parties.queue(ann, code);

        assertThat(differs.problem()).as(differs.text()).isEqualTo("party-differs");
        assertThat(differs.json().at("/errors/0/field").asText())
                .isEqualTo("members." + ben.playerId() + ".attributes.version");
        assertThat(member.problem()).isEqualTo("forbidden");
        assertThat(large.problem()).isEqualTo("bad-request");
        assertThat(large.json().at("/errors/0/field").asText()).isEqualTo("partyCode");
        parties.assertNobodyIsQueued(ann, ben);
    }
}
