package dev.paddock.manager.match;

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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Answers that race with each other and with the deadline, and what a replica leaves that dies between two steps. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HalfAcceptedIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final TwoManagers managers = new TwoManagers("halfaccepted");
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
    void whatAReplicaLeftThatDiedAfterTheLastAnswerIsFinishedByAnother() {
        FoundMatch found = FoundMatch.on(managers, LONG);
        FakeDirector director = found.director();
        AcceptScripts scripts = a.bean(AcceptScripts.class);
        StoredMatch match = found.stored();
        scripts.accept(match.formed(), found.ann().playerId(), Instant.now());

        assertThat(scripts.accept(match.formed(), found.bob().playerId(), Instant.now()))
                .isEqualTo(AcceptScripts.Outcome.FORMED);

        assertThat(director.nextAsked().matchId()).isEqualTo(found.matchId());
    }

    @Test
    void whatAReplicaLeftThatDiedBeforeItToldTheEndIsToldByAnother() {
        FoundMatch found = FoundMatch.on(managers, LONG);
        List<Ticket> tickets = List.of(managers.ticketOf(found.ann()), managers.ticketOf(found.bob()));

        AcceptScripts.Dissolving dissolved = a.bean(AcceptScripts.class)
                .dissolve(found.stored().formed(), tickets, found.ann().playerId(), Instant.now());

        assertThat(dissolved).isInstanceOf(AcceptScripts.Dissolving.Now.class);
        assertThat(found.anns().next("MatchCancelled").path("reason").asText()).isEqualTo("declined");
        assertThat(found.bobs().next("MatchCancelled").path("ticketId").asText())
                .isEqualTo(found.bobsTicket().ticketId());
        assertThat(redis.commands().get(QueueKeys.claim(found.ann().playerId())))
                .isNull();
        await("nothing is left to look at").atMost(SOON).until(() -> found.live() == null);
    }

    @Test
    void whomAPlayerBlocksAfterTheTicketsWereReadIsNotMetAllTheSame() {
        FoundMatch found = FoundMatch.on(managers, LONG);
        List<Ticket> read = List.of(managers.ticketOf(found.ann()), managers.ticketOf(found.bob()));
        Player cid = a.api().newPlayer();
        Player dan = a.api().newPlayer();
        TestSocket dans = managers.socket(a, dan);
        found.bob().api().put("/v1/players/me/blocked/" + cid.playerId(), Map.of());

        a.bean(AcceptScripts.class)
                .dissolve(found.stored().formed(), read, found.ann().playerId(), Instant.now());

        found.bobs().next("MatchCancelled");
        Ticket cids = MatchFixture.queue(b, cid, found.director());
        MatchFixture.queue(a, dan, found.director());
        JsonNode next = found.bobs().next("MatchFound");
        assertThat(dans.next("MatchFound").path("matchId")).isEqualTo(next.path("matchId"));
        assertThat(managers.again(cids).state()).isEqualTo(TicketState.WAITING);
    }

    @Test
    void aQuestionThatWasLostComesAgain() {
        FoundMatch found = FoundMatch.on(managers, LONG);

        // The first telling may be lost with the replica that formed the match; the first look at the match repeats it.
        JsonNode again = found.anns().next("MatchFound");

        assertThat(again.path("id").asText()).isEqualTo(found.matchId() + ".found.0");
    }

    @RepeatedTest(12)
    void acceptDeclineCancelAndTheDeadlineRaceAndOneOfThemIsThrough(RepetitionInfo round) throws Exception {
        FoundMatch found = FoundMatch.on(managers, SHORT);
        FakeDirector director = found.director();
        Instant acceptBy = found.stored().acceptBy();
        assertThat(acceptBy).isNotNull();
        List<Callable<Answer>> calls = new ArrayList<>(List.of(
                () -> accept(a, found.ann(), found.matchId()),
                () -> accept(b, found.bob(), found.matchId()),
                () -> accept(b, found.ann(), found.matchId())));
        // A third of the rounds each: somebody declines; the deadline comes meanwhile; somebody cancels.
        int kind = round.getCurrentRepetition() % 3;
        if (kind == 0) {
            calls.add(() -> decline(a, found.bob(), found.matchId()));
        }
        if (kind == 2) {
            calls.add(() -> b.api()
                    .as(found.bob().accessToken())
                    .delete("/v1/tickets/" + found.bobsTicket().ticketId()));
        }
        if (kind == 1) {
            long left = Duration.between(Instant.now(), acceptBy).toMillis() - round.getCurrentRepetition();
            assertThat(new CountDownLatch(1).await(Math.max(0, left), TimeUnit.MILLISECONDS))
                    .as("a moment before the deadline")
                    .isFalse();
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> answer : threads.invokeAll(calls)) {
                assertThat(answer.get().status()).as(answer.get().text()).isIn(200, 409);
            }
        }

        await("it is decided").atMost(SOON).until(() -> found.stored().state() != MatchState.PROPOSED);
        if (found.stored().state() == MatchState.CANCELLED) {
            await("all were told").atMost(SOON).until(() -> found.live() == null);
            assertThat(director.timesAsked()).isZero();
        } else {
            assertThat(director.nextAsked().matchId()).isEqualTo(found.matchId());
        }
        assertOneEnd(found);
    }

    /** The match and its tickets are of one mind. */
    private void assertOneEnd(FoundMatch found) {
        boolean formed = found.stored().state() != MatchState.CANCELLED;
        for (Ticket before : List.of(found.annsTicket(), found.bobsTicket())) {
            Ticket now =
                    a.bean(Tickets.class).find(before.mode(), before.ticketId()).orElseThrow();
            boolean queued = redis.commands().zscore(new QueueKeys(before.mode()).queue(), before.ticketId()) != null;
            String claim = redis.commands().get(QueueKeys.claim(before.first().playerId()));
            assertThat(queued).isEqualTo(now.state() == TicketState.WAITING);
            assertThat(now.state() == TicketState.MATCHED).isEqualTo(formed);
            assertThat(claim == null).isEqualTo(now.state() == TicketState.CANCELLED);
        }
    }
}
