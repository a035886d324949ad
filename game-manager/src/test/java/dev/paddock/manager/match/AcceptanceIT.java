package dev.paddock.manager.match;

import static dev.paddock.manager.FakeDirector.limits;
import static dev.paddock.manager.FakeDirector.ready;
import static dev.paddock.manager.FakeDirector.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.manager.FakeDirector;
import dev.paddock.manager.TestApi.Answer;
import dev.paddock.manager.TestApi.Player;
import dev.paddock.manager.TestManager;
import dev.paddock.manager.TestPlatform;
import dev.paddock.manager.TestSocket;
import dev.paddock.manager.redis.TestRedis;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.Tickets;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Modes that ask their players before a match begins, on two replicas. */
class AcceptanceIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static TestPlatform platform;
    private static TestManager a;
    private static TestManager b;
    private static TestRedis redis;

    private final List<AutoCloseable> toClose = new ArrayList<>();

    @BeforeAll
    static void start() {
        platform = TestPlatform.fresh("acceptance");
        a = TestManager.start(platform, MatchFixture.impatient());
        b = TestManager.start(platform, MatchFixture.impatient());
        redis = TestRedis.connect(platform.redis());
    }

    @AfterAll
    static void stop() {
        redis.close();
        a.close();
        b.close();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : toClose) {
            closeable.close();
        }
    }

    @Test
    void noServerIsAskedForBeforeAllHaveAccepted() {
        FakeDirector director = director(LONG);
        Found found = found(director);

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
        Found found = found(director(LONG));
        accept(a, found.ann(), found.matchId());

        TestSocket late = socket(b, found.ann());

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
        Found found = found(director(LONG));
        Ticket bobsBefore = ticketOf(found.bob());
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
        Ticket bobsNow = ticketOf(found.bob());
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
    void whoDoesNotAnswerInTimeLeavesTheQueueAndWhoAcceptedWaitsAgain() {
        FakeDirector director = director(SHORT);
        Found found = found(director);
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
        await("nothing is left to look at").atMost(SOON).until(() -> live(found) == null);
        JsonNode match = found.ann().api().get("/v1/matches/" + found.matchId()).json();
        assertThat(match.path("state").asText()).isEqualTo("CANCELLED");
        assertThat(match.path("reason").asText()).isEqualTo("not-accepted");
    }

    @Test
    void aPartyLeavesTogether() {
        FakeDirector director = MatchFixture.known(new FakeDirector(platform.nats(), patient(), rules(2, SHORT)), a, b);
        toClose.add(director);
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
        TestSocket cids = socket(a, cid);
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
        assertThat(ticketOf(cid).state()).isEqualTo(TicketState.WAITING);
        assertThat(ticketOf(dan).state()).isEqualTo(TicketState.WAITING);
    }

    @Test
    void whoCancelsTheTicketOfAMatchThatIsAskedAboutDeclinesTheMatch() {
        Found found = found(director(LONG));
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
        assertThat(ticketOf(found.bob()).state()).isEqualTo(TicketState.WAITING);
    }

    @Test
    void aTicketWhoseMatchWasAcceptedByAllIsNotCancelledAnyMore() {
        Found found = found(director(LONG));
        accept(a, found.ann(), found.matchId());
        accept(b, found.bob(), found.matchId());

        Answer cancelled =
                found.ann().api().delete("/v1/tickets/" + found.annsTicket().ticketId());

        assertThat(cancelled.problem()).isEqualTo("ticket-ended");
        assertThat(ticketOf(found.ann()).state()).isEqualTo(TicketState.MATCHED);
    }

    @Test
    void onlyItsPlayersAnswerForAMatch() {
        Found found = found(director(LONG));
        Player eve = a.api().newPlayer();

        assertThat(accept(a, eve, found.matchId()).problem()).isEqualTo("not-found");
        assertThat(decline(a, eve, found.matchId()).problem()).isEqualTo("not-found");
        assertThat(accept(a, eve, "x").problem()).isEqualTo("not-found");
        assertThat(a.api().post(path(found.matchId(), "accept"), Map.of()).problem())
                .isEqualTo("unauthorized");
        assertThat(stored(found).state()).isEqualTo(MatchState.PROPOSED);
    }

    @Test
    void whatAReplicaLeftThatDiedAfterTheLastAnswerIsFinishedByAnother() {
        FakeDirector director = director(LONG);
        Found found = found(director);
        AcceptScripts scripts = a.bean(AcceptScripts.class);
        StoredMatch match = stored(found);
        scripts.accept(match.formed(), found.ann().playerId(), Instant.now());

        assertThat(scripts.accept(match.formed(), found.bob().playerId(), Instant.now()))
                .isEqualTo(AcceptScripts.Outcome.FORMED);

        assertThat(director.nextAsked().matchId()).isEqualTo(found.matchId());
    }

    @Test
    void whatAReplicaLeftThatDiedBeforeItToldTheEndIsToldByAnother() {
        Found found = found(director(LONG));
        List<Ticket> tickets = List.of(ticketOf(found.ann()), ticketOf(found.bob()));

        AcceptScripts.Dissolving dissolved = a.bean(AcceptScripts.class)
                .dissolve(stored(found).formed(), tickets, found.ann().playerId(), Instant.now());

        assertThat(dissolved).isInstanceOf(AcceptScripts.Dissolving.Now.class);
        assertThat(found.anns().next("MatchCancelled").path("reason").asText()).isEqualTo("declined");
        assertThat(found.bobs().next("MatchCancelled").path("ticketId").asText())
                .isEqualTo(found.bobsTicket().ticketId());
        assertThat(redis.commands().get(QueueKeys.claim(found.ann().playerId())))
                .isNull();
        await("nothing is left to look at").atMost(SOON).until(() -> live(found) == null);
    }

    @Test
    void aQuestionThatWasLostComesAgain() {
        Found found = found(director(LONG));

        // The first telling may be lost with the replica that formed the match; the first look at the match repeats it.
        JsonNode again = found.anns().next("MatchFound");

        assertThat(again.path("id").asText()).isEqualTo(found.matchId() + ".found.0");
    }

    @RepeatedTest(12)
    void acceptDeclineCancelAndTheDeadlineRaceAndOneOfThemIsThrough(RepetitionInfo round) throws Exception {
        FakeDirector director = director(SHORT);
        Found found = found(director);
        Instant acceptBy = stored(found).acceptBy();
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

        await("it is decided").atMost(SOON).until(() -> stored(found).state() != MatchState.PROPOSED);
        if (stored(found).state() == MatchState.CANCELLED) {
            await("all were told").atMost(SOON).until(() -> live(found) == null);
            assertThat(director.timesAsked()).isZero();
        } else {
            assertThat(director.nextAsked().matchId()).isEqualTo(found.matchId());
        }
        assertOneEnd(found);
    }

    /** The match and its tickets are of one mind. */
    private void assertOneEnd(Found found) {
        boolean formed = stored(found).state() != MatchState.CANCELLED;
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

    /** Ann and Bob, who were brought together, and have heard of it. */
    private record Found(
            FakeDirector director,
            String matchId,
            Player ann,
            TestSocket anns,
            Ticket annsTicket,
            Player bob,
            TestSocket bobs,
            Ticket bobsTicket) {}

    private Found found(FakeDirector director) {
        Player ann = a.api().newPlayer();
        Player bob = a.api().newPlayer();
        TestSocket anns = socket(a, ann);
        TestSocket bobs = socket(b, bob);
        anns.next("Welcome");
        bobs.next("Welcome");
        Ticket annsTicket = MatchFixture.queue(a, ann, director);
        Ticket bobsTicket = MatchFixture.queue(b, bob, director);
        JsonNode toAnn = anns.next("MatchFound");
        JsonNode toBob = bobs.next("MatchFound");
        assertThat(toAnn.path("matchId").asText())
                .isEqualTo(toBob.path("matchId").asText());
        assertThat(toAnn.path("accepted").asInt()).isZero();
        return new Found(director, toAnn.path("matchId").asText(), ann, anns, annsTicket, bob, bobs, bobsTicket);
    }

    private FakeDirector director(Duration acceptWithin) {
        FakeDirector director =
                MatchFixture.known(new FakeDirector(platform.nats(), patient(), rules(1, acceptWithin)), a, b);
        toClose.add(director);
        return director;
    }

    private static MatchLimits patient() {
        return limits(Duration.ofSeconds(20), 3);
    }

    private static MatchingRules rules(int size, Duration acceptWithin) {
        return new MatchingRules(
                new Teams(2, size),
                new Window(100, 10, 500),
                new Window(100, 10, 500),
                Duration.ofMinutes(5),
                List.of(),
                List.of(),
                acceptWithin,
                false,
                null);
    }

    private TestSocket socket(TestManager manager, Player player) {
        TestSocket socket = TestSocket.open(manager.url(), player.accessToken());
        toClose.add(socket);
        return socket;
    }

    private static StoredMatch stored(Found found) {
        return a.bean(MatchScripts.class)
                .find(found.director().mode().name(), found.matchId())
                .orElseThrow();
    }

    private static Double live(Found found) {
        return redis.commands().zscore(new QueueKeys(found.director().mode().name()).live(), found.matchId());
    }

    private static Ticket ticketOf(Player player) {
        return a.bean(Tickets.class).currentOf(player.playerId()).orElseThrow();
    }

    private static Answer accept(TestManager manager, Player player, String matchId) {
        return manager.api().as(player.accessToken()).post(path(matchId, "accept"), Map.of());
    }

    private static Answer decline(TestManager manager, Player player, String matchId) {
        return manager.api().as(player.accessToken()).post(path(matchId, "decline"), Map.of());
    }

    private static String path(String matchId, String answer) {
        return "/v1/matches/" + matchId + "/" + answer;
    }
}
