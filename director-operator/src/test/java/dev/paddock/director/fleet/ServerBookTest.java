package dev.paddock.director.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paddock.director.backend.Placement;
import dev.paddock.director.backend.ServerExit;
import dev.paddock.director.mode.KnownMode;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Mode;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import dev.paddock.protocol.server.ServerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerBookTest {
    private static final MatchLimits LIMITS =
            new MatchLimits(Duration.ofSeconds(10), 3, Duration.ofSeconds(30), Duration.ofMinutes(3));
    private static final Window WINDOW = new Window(1, 1, 1);
    private static final KnownMode MODE = new KnownMode(
            new Mode("drag-race", new MatchingRules(new Teams(2, 1), WINDOW, WINDOW, Duration.ofMinutes(5)), LIMITS),
            1,
            "drag-race",
            "t1");
    private static final String FRESH = "fresh";

    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final ServerBook book =
            new ServerBook(new FleetLimits(3, Duration.ofSeconds(7), Duration.ofSeconds(20)), now);

    @Test
    void theOldestStandbyIsTaken() {
        standby("b");
        later(Duration.ofSeconds(1));
        standby("a");

        assertThat(start("m", 1)).isEqualTo(new StartStep.Take("b"));
    }

    @Test
    void aStandbyThatIsTakenSaysWhen() {
        standby("a");
        later(Duration.ofSeconds(1));
        start("m", 1);
        Instant taken = now;
        later(Duration.ofSeconds(1));
        ready("a", "m");

        assertThat(book.mine()).extracting(ServerView::takenAt).containsExactly(taken);
    }

    @Test
    void aReadyThatOvertakesTheAnswerToAssignStillSaysWhenItWasAssigned() {
        standby("a");
        start("m", 1);

        EventStep step = ready("a", "m");

        assertThat(step)
                .isInstanceOfSatisfying(
                        EventStep.Tell.class,
                        tell -> assertThat(tell.event())
                                .isInstanceOfSatisfying(
                                        MatchEvent.Ready.class,
                                        ready ->
                                                assertThat(ready.stops()).containsOnlyKeys(Stop.ASSIGNED, Stop.READY)));
    }

    @Test
    void aStandbyOfAnOldTemplateOrOfAnotherDirectorIsNotTaken() {
        learn("old", "t0", true);
        learn("other", "t1", false);
        ready("old", null);
        ready("other", null);

        assertThat(start("m", 1)).isEqualTo(new StartStep.Launch(FRESH));
    }

    @Test
    void twoMatchesDoNotGetTheSameStandby() {
        standby("a");

        assertThat(start("m1", 1)).isEqualTo(new StartStep.Take("a"));
        assertThat(start("m2", 1)).isEqualTo(new StartStep.Launch(FRESH));
    }

    @Test
    void aMatchWaitsUntilAServerThatWasTakenOverHasSaidWhetherItHasThatMatch() {
        learn("a", "t1", true);
        assertThat(start("m", 1)).isEqualTo(new StartStep.Silence());

        ready("a", "m");

        assertThat(start("m", 1))
                .isInstanceOfSatisfying(
                        StartStep.Answer.class,
                        answer -> assertThat(answer.reply()).isInstanceOf(StartReply.Running.class));
    }

    @Test
    void aServerThatWasTakenOverAndStaysSilentKeepsNoMatchWaiting() {
        learn("a", "t1", true);
        later(Duration.ofSeconds(7));

        assertThat(start("m", 1)).isEqualTo(new StartStep.Launch(FRESH));
    }

    @Test
    void theSameMatchAskedAgainWhileItsStandbyIsAskedGetsNoSecondServer() {
        standby("a");
        standby("b");
        start("m", 1);

        assertThat(start("m", 1)).isEqualTo(new StartStep.Silence());
    }

    @Test
    void aMatchAskedForAgainIsAnsweredWithItsPresentState() {
        standby("a");
        start("m", 1);
        book.accepted("m", "a", now);
        assertThat(start("m", 1)).isEqualTo(new StartStep.Answer(new StartReply.Assigned("a", true, now)));

        EventStep step = ready("a", "m");

        assertThat(step).isInstanceOf(EventStep.Tell.class);
        MatchEvent.Ready told = (MatchEvent.Ready) ((EventStep.Tell) step).event();
        assertThat(start("m", 1)).isEqualTo(new StartStep.Answer(new StartReply.Running(told)));
    }

    @Test
    void afterARefusalTheNextStandbyIsAskedAndAfterThreeAServerIsStarted() {
        FleetLimits roomy = new FleetLimits(9, Duration.ofSeconds(7), Duration.ofSeconds(20));
        ServerBook wide = new ServerBook(roomy, now);
        for (String serverId : List.of("a", "b", "c", "d")) {
            wide.learn(placement(serverId, "t1", true), now);
            wide.ready(readyEvent(serverId, null), now);
        }
        for (String serverId : List.of("a", "b", "c")) {
            assertThat(wide.start(request("m", 1, null), MODE, FRESH, now).step())
                    .isEqualTo(new StartStep.Take(serverId));
            wide.refused("m", serverId, now);
        }

        assertThat(wide.start(request("m", 1, null), MODE, FRESH, now).step()).isEqualTo(new StartStep.Launch(FRESH));
    }

    @Test
    void whileAnotherStandbyIsAskedOneThatWasGivenUpMayTurnOutToHaveTheMatch() {
        standby("a");
        standby("b");
        start("m", 1);
        book.refused("m", "a", now);
        assertThat(start("m", 1)).isEqualTo(new StartStep.Take("b"));
        ready("a", "m");

        book.refused("m", "b", now);

        assertThat(start("m", 1)).isEqualTo(new StartStep.Answer(new StartReply.Assigned("a", true, now)));
    }

    @Test
    void aHigherAttemptRetiresTheServerBeforeAndTakesAnother() {
        standby("a");
        start("m", 1);
        book.accepted("m", "a", now);
        standby("b");

        Start second = book.start(request("m", 2, null), MODE, FRESH, now);

        assertThat(second.retire()).containsExactly("a");
        assertThat(second.step()).isEqualTo(new StartStep.Take("b"));
    }

    @Test
    void aRetiredServerThatIsLostIsNobodysLoss() {
        standby("a");
        start("m", 1);
        book.accepted("m", "a", now);
        book.start(request("m", 2, null), MODE, FRESH, now);
        book.exited(new ServerExit("a", false, "exit code 1"), now);

        assertThat(book.sweep(now, true)).isEmpty();
    }

    @Test
    void moreServersThanAllowedAreRefused() {
        start("m1", 1);
        book.start(request("m2", 1, null), MODE, "f2", now);
        book.start(request("m3", 1, null), MODE, "f3", now);

        StartStep fourth = book.start(request("m4", 1, null), MODE, "f4", now).step();

        assertThat(fourth)
                .isInstanceOfSatisfying(
                        StartStep.Answer.class,
                        answer -> assertThat(answer.reply())
                                .isInstanceOfSatisfying(
                                        StartReply.Refused.class,
                                        refused -> assertThat(refused.code()).isEqualTo("no-capacity")));
    }

    @Test
    void whatAServerSaysOfItsMatchWinsOverTheBook() {
        standby("a");
        start("m1", 1);

        heartbeat("a", "m2");

        assertThat(start("m1", 1)).isEqualTo(new StartStep.Launch(FRESH));
    }

    @Test
    void anotherDirectorsServerIsSpokenForOnlyWhenItRepeatsItself() {
        learn("a", "t1", false);

        assertThat(ready("a", "m")).isInstanceOf(EventStep.Leave.class);
        assertThat(ready("a", "m")).isInstanceOf(EventStep.Tell.class);
    }

    @Test
    void whatAManagerHasHeardIsNotToldAgain() {
        standby("a");
        start("m", 1);
        EventStep.Tell tell = (EventStep.Tell) ready("a", "m");
        book.heard(tell.event(), now);

        assertThat(ready("a", "m")).isInstanceOf(EventStep.AnswerHeard.class);
    }

    @Test
    void aServerWithAnotherKeyThanItWasGivenIsNotBelieved() {
        learn("a", "t1", true);
        ServerEvent.Ready forged = new ServerEvent.Ready("a", "drag-race", "m", Map.of("tcp", 1), "another pin", now);

        assertThat(book.ready(forged, now)).isInstanceOf(EventStep.Distrust.class);
    }

    @Test
    void aServerCannotEndAMatchThatItDoesNotServe() {
        running("a", "m");

        assertThat(book.ended(ended("a", "another"), now)).isInstanceOf(EventStep.Distrust.class);
    }

    @Test
    void anEndedMatchIsRememberedForWhoeverAsksAgain() {
        running("a", "m");
        EventStep.Tell tell = (EventStep.Tell) book.ended(ended("a", "m"), now);
        book.exited(new ServerExit("a", true, "exit code 0"), now);
        book.sweep(now, true);
        later(Duration.ofMinutes(9));

        assertThat(settled("m", "a")).isEqualTo(new StartStep.Answer(new StartReply.Over(tell.event())));
    }

    @Test
    void aServerThatDiesInItsMatchIsTheMatchsLoss() {
        running("a", "m");
        book.exited(new ServerExit("a", false, "exit code 137"), now);

        assertThat(book.sweep(now, true)).singleElement().isInstanceOfSatisfying(Consequence.Tell.class, tell -> {
            assertThat(tell.event().code()).isEqualTo("server-lost");
            assertThat(tell.event().serverId()).isEqualTo("a");
        });
        assertThat(book.sweep(now, true)).isEmpty();
    }

    @Test
    void aServerThatExitedWellGetsASecondForItsLastWords() {
        running("a", "m");
        book.exited(new ServerExit("a", true, "exit code 0"), now);
        assertThat(book.sweep(now, true)).isEmpty();

        later(Duration.ofSeconds(2));

        assertThat(book.sweep(now, true)).hasSize(1);
    }

    @Test
    void aSilentServerIsLostAfterThreeHeartbeatsAndStopped() {
        running("a", "m");
        later(Duration.ofSeconds(6));
        assertThat(book.sweep(now, true)).isEmpty();

        later(Duration.ofSeconds(2));

        assertThat(book.sweep(now, true)).hasExactlyElementsOfTypes(Consequence.Tell.class, Consequence.Stop.class);
    }

    @Test
    void whileNatsIsAwaySilenceSaysNothing() {
        running("a", "m");
        later(Duration.ofMinutes(1));

        assertThat(book.sweep(now, false)).isEmpty();
        book.listening(now);
        assertThat(book.sweep(now, true)).isEmpty();
    }

    @Test
    void aServerThatWasTakenOverWhileNatsIsAwayHasTimeToSpeakWhenItIsBack() {
        learn("a", "t1", true);
        later(Duration.ofMinutes(1));
        assertThat(book.sweep(now, false)).isEmpty();

        assertThat(book.sweep(now, true)).isEmpty();
        assertThat(start("m", 1)).isEqualTo(new StartStep.Silence());
        later(Duration.ofSeconds(21));
        assertThat(book.sweep(now, true)).isNotEmpty();
    }

    @Test
    void aDirectorThatHasJustComeDoesNotCallALiveServerGone() {
        assertThat(settled("m", "unknown")).isEqualTo(new StartStep.Silence());

        later(Duration.ofSeconds(8));

        assertThat(settled("m", "unknown")).isEqualTo(new StartStep.Answer(new StartReply.Gone("unknown")));
    }

    @Test
    void aStandbyThatDoesNotComeUpIsStoppedAndCountedAsAFailure() {
        book.declare("a", "drag-race", now);
        later(Duration.ofSeconds(21));

        assertThat(book.sweep(now, true))
                .hasExactlyElementsOfTypes(Consequence.StandbyFailed.class, Consequence.Stop.class);
    }

    @Test
    void aColdStartThatDiesBeforeItIsReadyHasFailedToStart() {
        start("m", 1);
        book.exited(new ServerExit(FRESH, false, "exit code 1"), now);

        assertThat(book.sweep(now, true))
                .singleElement()
                .isInstanceOfSatisfying(
                        Consequence.Tell.class,
                        tell -> assertThat(tell.event().code()).isEqualTo("start-failed"));
    }

    @Test
    void aDirectorThatGoesRetiresNoServerThatHasAMatchOrMayHaveOne() {
        standby("waits");
        book.declare("starts", "drag-race", now);
        learn("takenOver", "t1", true);
        learn("other", "t1", false);
        ready("other", null);
        learn("plays", "t1", true);
        ready("plays", "m1");

        assertThat(book.retireIdle(now)).containsExactlyInAnyOrder("waits", "starts");
        assertThat(book.withMatch()).isEqualTo(1);
    }

    @Test
    void aColdServerWhoseMatchALateStandbyHasIsStoppedAtOnce() {
        startedInPlaceOfLate("a", "m");
        MatchEvent.Ready won = readyTwice("a", "m");

        book.heard(won, now);

        assertThat(book.sweep(now, true))
                .singleElement()
                .isInstanceOfSatisfying(
                        Consequence.Stop.class,
                        stop -> assertThat(stop.serverId()).isEqualTo(FRESH));
        assertThat(book.sweep(now, true)).isEmpty();
        assertThat(ready(FRESH, "m")).isEqualTo(new EventStep.AnswerHeard());
        assertThat(start("m", 1)).isEqualTo(new StartStep.Answer(new StartReply.Running(won)));
    }

    @Test
    void aLateStandbyThatHasTheMatchIsTheMatchsLossWhenItDies() {
        startedInPlaceOfLate("a", "m");
        book.heard(readyTwice("a", "m"), now);
        book.sweep(now, true);
        book.exited(new ServerExit("a", false, "exit code 137"), now);

        assertThat(book.sweep(now, true)).hasExactlyElementsOfTypes(Consequence.Tell.class);
    }

    @Test
    void betweenTwoServersThatHaveSpokenTheManagersDecide() {
        startedInPlaceOfLate("a", "m");
        MatchEvent.Ready late = readyTwice("a", "m");
        ready(FRESH, "m");

        book.heard(late, now);
        assertThat(book.sweep(now, true)).isEmpty();

        book.release(FRESH, "m", now);
        assertThat(book.sweep(now, true)).hasExactlyElementsOfTypes(Consequence.Stop.class);
    }

    @Test
    void seatsOfAServerThatWasHandedOutHereAreToldEachTimeTheyAreSaid() {
        running("a", "m");

        EventStep first = seats("a", "m", 1);

        assertThat(first)
                .isEqualTo(new EventStep.Tell(
                        new MatchEvent.Seats("m", "drag-race", "a", 1, 0, List.of(0, 1), List.of("p"), now)));
        assertThat(seats("a", "m", 1)).isEqualTo(first);
    }

    @Test
    void seatsOfAnothersServerAreToldOnlyIfTheyAreSaidAgain() {
        learn("other", "t1", false);
        ready("other", "m");

        assertThat(seats("other", "m", 1)).isEqualTo(new EventStep.Leave());
        assertThat(seats("other", "m", 2)).isEqualTo(new EventStep.Leave());
        assertThat(seats("other", "m", 2)).isInstanceOf(EventStep.Tell.class);
    }

    @Test
    void seatsOfAMatchThatTheServerDoesNotServeAreNotBelieved() {
        running("a", "m");

        assertThat(seats("a", "m2", 1)).isInstanceOf(EventStep.Distrust.class);
        assertThat(seats("unknown", "m", 1)).isEqualTo(new EventStep.LookUp("unknown"));
    }

    @Test
    void aMatchThatAForeignServerHasGetsNoSecondOneWhileItsDirectorMaySpeak() {
        standby("a");
        foreign("f", "m");
        assertThat(start("m", 1)).isEqualTo(new StartStep.Silence());
        assertThat(start("m", 2)).isEqualTo(new StartStep.Silence());
        assertThat(start("other", 1)).isEqualTo(new StartStep.Take("a"));

        later(Duration.ofSeconds(7));
        foreign("f", "m");

        assertThat(start("m", 2)).isEqualTo(new StartStep.Launch(FRESH));
    }

    @Test
    void aForeignServerIsNotGoneWhileItSpeaks() {
        later(Duration.ofSeconds(8));
        foreign("f", "m");
        assertThat(settled("m", "f")).isEqualTo(new StartStep.Silence());

        later(Duration.ofSeconds(8));
        book.sweep(now, true);

        assertThat(settled("m", "f")).isEqualTo(new StartStep.Answer(new StartReply.Gone("f")));
    }

    @Test
    void foreignServersAreRememberedWithinBounds() {
        Foreign foreign = new Foreign();
        for (int server = 0; server < Foreign.MOST + 10; server++) {
            foreign.heard("f" + server, "m", now);
        }
        assertThat(foreign.size()).isEqualTo(Foreign.MOST);

        foreign.forgetBefore(now.plusMillis(1));

        assertThat(foreign.size()).isZero();
    }

    @Test
    void aManagerCannotReleaseAServerFromAnotherMatch() {
        running("a", "m");

        assertThat(book.release("a", "another", now)).isFalse();
        assertThat(book.release("a", "m", now)).isTrue();
    }

    private StartStep start(String matchId, int attempt) {
        return book.start(request(matchId, attempt, null), MODE, FRESH, now).step();
    }

    private StartStep settled(String matchId, String serverId) {
        return book.start(request(matchId, 1, serverId), MODE, FRESH, now).step();
    }

    private static StartMatch request(String matchId, int attempt, @Nullable String settledOn) {
        return new StartMatch(
                matchId,
                "drag-race",
                "local",
                List.of(),
                LIMITS,
                JsonNodeFactory.instance.objectNode(),
                attempt,
                settledOn);
    }

    private void running(String serverId, String matchId) {
        standby(serverId);
        start(matchId, 1);
        book.accepted(matchId, serverId, now);
        ready(serverId, matchId);
    }

    private void foreign(String serverId, String matchId) {
        ServerEvent.Ready event = readyEvent(serverId, matchId);
        assertThat(book.ready(event, now)).isInstanceOf(EventStep.LookUp.class);
        book.foreign(event, now);
    }

    private void startedInPlaceOfLate(String standby, String matchId) {
        standby(standby);
        start(matchId, 1);
        book.refused(matchId, standby, now);
        assertThat(start(matchId, 1)).isEqualTo(new StartStep.Launch(FRESH));
        book.started(placement(FRESH, "t1", true), now);
    }

    /** It is heard when it repeats itself, as it was given up. */
    private MatchEvent.Ready readyTwice(String serverId, String matchId) {
        ready(serverId, matchId);
        return (MatchEvent.Ready) ((EventStep.Tell) ready(serverId, matchId)).event();
    }

    private void standby(String serverId) {
        learn(serverId, "t1", true);
        ready(serverId, null);
    }

    private void learn(String serverId, String template, boolean mine) {
        book.learn(placement(serverId, template, mine), now);
    }

    private static Placement placement(String serverId, String template, boolean mine) {
        return new Placement(serverId, "drag-race", template, "127.0.0.1", "pem", "pin " + serverId, mine);
    }

    private EventStep ready(String serverId, @Nullable String matchId) {
        return book.ready(readyEvent(serverId, matchId), now);
    }

    private ServerEvent.Ready readyEvent(String serverId, @Nullable String matchId) {
        return new ServerEvent.Ready(serverId, "drag-race", matchId, Map.of("tcp", 40123), "pin " + serverId, now);
    }

    private void heartbeat(String serverId, @Nullable String matchId) {
        book.heartbeat(
                new ServerEvent.Heartbeat(
                        serverId, "drag-race", matchId, Map.of("tcp", 40123), "pin " + serverId, 0, now),
                now);
    }

    private ServerEvent.Ended ended(String serverId, String matchId) {
        return new ServerEvent.Ended(
                serverId, "drag-race", matchId, new MatchResult(MatchResult.Outcome.FINISHED, List.of()), now);
    }

    private void later(Duration duration) {
        now = now.plus(duration);
    }

    private EventStep seats(String serverId, String matchId, int number) {
        return book.seats(
                new ServerEvent.Seats(serverId, "drag-race", matchId, number, 0, List.of(0, 1), List.of("p"), now),
                now);
    }
}
