package dev.paddock.manager.match;

import static dev.paddock.manager.FakeDirector.ready;
import static dev.paddock.manager.FakeDirector.server;
import static dev.paddock.manager.match.MatchFixture.accept;
import static dev.paddock.manager.match.MatchFixture.decline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.manager.FakeDirector;
import dev.paddock.manager.TestApi.Answer;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestSocket;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.Tickets;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.match.StartMatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Modes that ask their players before a match begins, on two replicas. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcceptanceIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final TwoManagers managers = new TwoManagers("acceptance");
    private final TestManager a = managers.a();
    private final TestManager b = managers.b();
    private final TestRedis redis = managers.redis();

    @AfterAll
    void stop() {
        managers.close();
    }

    @AfterEach
    void close() throws Exception {
        managers.closeOpened();
    }

    @Test
    void noServerIsAskedForBeforeAllHaveAccepted() {
        FoundMatch found = FoundMatch.on(managers, LONG);
        FakeDirector director = found.director();

        Answer first = accept(a, found.ann(), found.matchId());
        Answer again = accept(b, found.ann(), found.matchId());

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.json().path("state").asText()).isEqualTo("PROPOSED");
        assertThat(first.json().path("accepted").asInt()).isEqualTo(1);
        assertThat(first.json().path("players").asInt()).isEqualTo(2);
        assertThat(again.json()).isEqualTo(first.json());
        JsonNode toBob = found.bobs().next("MatchFound");
        assertThat(toBob.path("accepted").asInt()).isEqualTo(1);
        assertThat(toBob.path("byYou").asBoolean()).isFalse();
        assertThat(director.timesAsked()).isZero();

        Answer last = accept(b, found.bob(), found.matchId());

        assertThat(last.json().path("state").asText()).isEqualTo("FORMED");
        StartMatch start = director.nextAsked();
        assertThat(start.matchId()).isEqualTo(found.matchId());
        director.say(ready(start, server(start)));
        found.anns().next("PlayerMatched");
        found.bobs().next("PlayerMatched");
        assertThat(accept(a, found.ann(), found.matchId()).status()).isEqualTo(200);
        assertThat(decline(a, found.ann(), found.matchId()).problem()).isEqualTo("already-in-match");
        assertThat(director.timesAsked()).isEqualTo(1);
    }

    @Test
    void aPlayerWhoComesLateIsGreetedWithTheQuestion() {
        FoundMatch found = FoundMatch.on(managers, LONG);
        accept(a, found.ann(), found.matchId());

        TestSocket late = managers.socket(b, found.ann());

        JsonNode welcome = late.next();
        assertThat(welcome.path("type").asText()).isEqualTo("Welcome");
        assertThat(welcome.at("/ticket/matchId").asText()).isEqualTo(found.matchId());
        JsonNode question = late.next();
        assertThat(question.path("type").asText()).isEqualTo("MatchFound");
        assertThat(question.path("byYou").asBoolean()).isTrue();
        assertThat(question.path("id").asText()).isEqualTo(found.matchId() + ".found.1");
    }

    @Test
    void whoDeclinesLeavesTheQueueAndTheOthersWaitAgainFirstAndAsLongAsBefore() {
        FoundMatch found = FoundMatch.on(managers, LONG);
        Ticket bobsBefore = managers.ticketOf(found.bob());
        accept(a, found.ann(), found.matchId());

        Answer declined = decline(b, found.ann(), found.matchId());

        assertThat(declined.json().path("state").asText()).as(declined.text()).isEqualTo("CANCELLED");
        assertThat(decline(a, found.ann(), found.matchId()).json()).isEqualTo(declined.json());
        JsonNode ended = found.anns().next("TicketUpdated");
        assertThat(ended.at("/ticket/state").asText()).isEqualTo("CANCELLED");
        assertThat(ended.at("/ticket/reason").asText()).isEqualTo("declined");
        JsonNode anns = found.anns().next("MatchCancelled");
        JsonNode bobs = found.bobs().next("MatchCancelled");
        assertThat(anns.path("reason").asText()).isEqualTo("declined");
        assertThat(anns.has("ticketId")).isFalse();
        assertThat(bobs.path("ticketId").asText()).isEqualTo(bobsBefore.ticketId());
        Ticket bobsNow = managers.ticketOf(found.bob());
        assertThat(bobsNow.state()).isEqualTo(TicketState.WAITING);
        assertThat(bobsNow.returned()).isTrue();
        assertThat(bobsNow.createdAt()).isEqualTo(bobsBefore.createdAt());
        assertThat(accept(a, found.bob(), found.matchId()).problem()).isEqualTo("match-cancelled");
        assertThat(redis.commands().get(QueueKeys.claim(found.ann().playerId())))
                .isNull();

        // The matcher has the ticket that came back, and brings it together with the next one.
        Player cid = a.api().newPlayer();
        MatchFixture.queue(b, cid, found.director());
        assertThat(found.bobs().next("MatchFound").path("matchId").asText()).isNotEqualTo(found.matchId());
    }

    @Test
    void whomAPlayerBlocksWhileBeingAskedIsNotMetWhenTheTicketWaitsAgain() {
        FoundMatch found = FoundMatch.on(managers, LONG);
        Player cid = a.api().newPlayer();
        Player dan = a.api().newPlayer();
        TestSocket dans = managers.socket(a, dan);
        assertThat(found.bob()
                        .api()
                        .put("/v1/players/me/blocked/" + cid.playerId(), Map.of())
                        .status())
                .isEqualTo(204);

        decline(b, found.ann(), found.matchId());

        found.bobs().next("MatchCancelled");
        Ticket cids = MatchFixture.queue(b, cid, found.director());
        MatchFixture.queue(a, dan, found.director());
        JsonNode next = found.bobs().next("MatchFound");
        assertThat(dans.next("MatchFound").path("matchId")).isEqualTo(next.path("matchId"));
        assertThat(managers.again(cids).state()).isEqualTo(TicketState.WAITING);
        Ticket bobs = managers.ticketOf(found.bob());
        assertThat(bobs.first().avoids()).containsExactly(cid.playerId());
        assertThat(bobs.returned()).isTrue();
    }

    @Test
    void whoDoesNotAnswerInTimeLeavesTheQueueAndWhoAcceptedWaitsAgain() {
        FoundMatch found = FoundMatch.on(managers, SHORT);
        FakeDirector director = found.director();
        accept(a, found.ann(), found.matchId());

        JsonNode ended = found.bobs().next("MatchCancelled");

        assertThat(ended.path("reason").asText()).isEqualTo("not-accepted");
        assertThat(ended.has("ticketId")).isFalse();
        assertThat(found.anns().next("MatchCancelled").has("ticketId")).isTrue();
        JsonNode bobs = b.api()
                .as(found.bob().accessToken())
                .get("/v1/tickets/" + found.bobsTicket().ticketId())
                .json();
        assertThat(bobs.path("state").asText()).isEqualTo("CANCELLED");
        assertThat(bobs.path("reason").asText()).isEqualTo("not-accepted");
        assertThat(redis.commands().get(QueueKeys.claim(found.bob().playerId())))
                .isNull();
        assertThat(accept(b, found.bob(), found.matchId()).problem()).isEqualTo("match-cancelled");
        assertThat(director.timesAsked()).isZero();
        await("nothing is left to look at").atMost(SOON).until(() -> found.live() == null);
        JsonNode match = found.ann().api().get("/v1/matches/" + found.matchId()).json();
        assertThat(match.path("state").asText()).isEqualTo("CANCELLED");
        assertThat(match.path("reason").asText()).isEqualTo("not-accepted");
    }

    @Test
    void aPartyLeavesTogether() {
        FakeDirector director = FoundMatch.director(managers, 2, SHORT);
        Player ann = a.api().newPlayer();
        String code =
                ann.api().post("/v1/parties", Map.of()).json().path("code").asText();
        Player ben = a.api().newPlayer();
        ben.api().post("/v1/parties/" + code + "/members", Map.of());
        String mode = director.mode().name();
        assertThat(ann.api()
                        .post("/v1/tickets", Map.of("mode", mode, "partyCode", code))
                        .status())
                .isEqualTo(201);
        Player cid = a.api().newPlayer();
        Player dan = a.api().newPlayer();
        TestSocket cids = managers.socket(a, cid);
        MatchFixture.queue(a, cid, director);
        MatchFixture.queue(b, dan, director);
        String matchId = cids.next("MatchFound").path("matchId").asText();

        for (Player player : List.of(ann, cid, dan)) {
            assertThat(accept(b, player, matchId).status()).isEqualTo(200);
        }

        assertThat(cids.next("MatchCancelled").has("ticketId")).isTrue();
        for (Player player : List.of(ann, ben)) {
            await("nobody of the party holds a place")
                    .atMost(SOON)
                    .until(() ->
                            a.bean(Tickets.class).currentOf(player.playerId()).isEmpty());
        }
        assertThat(managers.ticketOf(cid).state()).isEqualTo(TicketState.WAITING);
        assertThat(managers.ticketOf(dan).state()).isEqualTo(TicketState.WAITING);
    }

    @Test
    void whoCancelsTheTicketOfAMatchThatIsAskedAboutDeclinesTheMatch() {
        FoundMatch found = FoundMatch.on(managers, LONG);
        String path = "/v1/tickets/" + found.annsTicket().ticketId();
        assertThat(found.ann()
                        .api()
                        .post(
                                "/v1/tickets",
                                Map.of("mode", found.director().mode().name()))
                        .problem())
                .isEqualTo("already-in-match");

        Answer cancelled = found.ann().api().delete(path);

        assertThat(cancelled.json().path("state").asText()).as(cancelled.text()).isEqualTo("CANCELLED");
        assertThat(b.api().as(found.ann().accessToken()).delete(path).json()).isEqualTo(cancelled.json());
        assertThat(found.bobs().next("MatchCancelled").path("reason").asText()).isEqualTo("declined");
        assertThat(managers.ticketOf(found.bob()).state()).isEqualTo(TicketState.WAITING);
    }

    @Test
    void aTicketWhoseMatchWasAcceptedByAllIsNotCancelledAnyMore() {
        FoundMatch found = FoundMatch.on(managers, LONG);
        accept(a, found.ann(), found.matchId());
        accept(b, found.bob(), found.matchId());

        Answer cancelled =
                found.ann().api().delete("/v1/tickets/" + found.annsTicket().ticketId());

        assertThat(cancelled.problem()).isEqualTo("ticket-ended");
        assertThat(managers.ticketOf(found.ann()).state()).isEqualTo(TicketState.MATCHED);
    }

    @Test
    void onlyItsPlayersAnswerForAMatch() {
        FoundMatch found = FoundMatch.on(managers, LONG);
        Player eve = a.api().newPlayer();

        assertThat(accept(a, eve, found.matchId()).problem()).isEqualTo("not-found");
        assertThat(decline(a, eve, found.matchId()).problem()).isEqualTo("not-found");
        assertThat(accept(a, eve, "x").problem()).isEqualTo("not-found");
        assertThat(a.api()
                        .post("/v1/matches/" + found.matchId() + "/accept", Map.of())
                        .problem())
                .isEqualTo("unauthorized");
        assertThat(found.stored().state()).isEqualTo(MatchState.PROPOSED);
    }
}
