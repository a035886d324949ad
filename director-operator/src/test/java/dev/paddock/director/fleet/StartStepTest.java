package dev.paddock.director.fleet;

import static dev.paddock.director.fleet.TestFleet.FRESH;
import static dev.paddock.director.fleet.TestFleet.MODE;
import static dev.paddock.director.fleet.TestFleet.ended;
import static dev.paddock.director.fleet.TestFleet.placement;
import static dev.paddock.director.fleet.TestFleet.readyEvent;
import static dev.paddock.director.fleet.TestFleet.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.director.backend.Packing;
import dev.paddock.director.backend.ServerExit;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.StartReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which server a match gets that is asked for, and what who asks again is answered. */
class StartStepTest {
    private final TestFleet fleet = new TestFleet();

    @Test
    void theOldestStandbyIsTaken() {
        fleet.standby("b");
        fleet.later(Duration.ofSeconds(1));
        fleet.standby("a");

        assertThat(fleet.start("m", 1)).isEqualTo(new StartStep.Take("b"));
    }

    @Test
    void aStandbyOfAnOldTemplateOrOfAnotherDirectorIsNotTaken() {
        fleet.learn("old", "t0", true);
        fleet.learn("other", "t1", false);
        fleet.ready("old", null);
        fleet.ready("other", null);

        assertThat(fleet.start("m", 1)).isEqualTo(new StartStep.Launch(FRESH));
    }

    @Test
    void aStandbyWhoseNodeTakesNoMoreServersIsNotTaken() {
        fleet.standby("a");
        fleet.leaves("a");

        assertThat(fleet.start("m", 1)).isEqualTo(new StartStep.Launch(FRESH));
    }

    @Test
    void twoMatchesDoNotGetTheSameStandby() {
        fleet.standby("a");

        assertThat(fleet.start("m1", 1)).isEqualTo(new StartStep.Take("a"));
        assertThat(fleet.start("m2", 1)).isEqualTo(new StartStep.Launch(FRESH));
    }

    @Test
    void aMatchWaitsUntilAServerThatWasTakenOverHasSaidWhetherItHasThatMatch() {
        fleet.learn("a", "t1", true);
        assertThat(fleet.start("m", 1)).isEqualTo(new StartStep.Silence());

        fleet.ready("a", "m");

        assertThat(fleet.start("m", 1))
                .isInstanceOfSatisfying(
                        StartStep.Answer.class,
                        answer -> assertThat(answer.reply()).isInstanceOf(StartReply.Running.class));
    }

    @Test
    void aColdStartThatAnotherDirectorHasBegunIsGoneOnWithAtOnce() {
        fleet.learn(FRESH, "t1", true);
        fleet.learn("other", "t1", true);
        fleet.standby("waits");

        assertThat(fleet.start("m", 1)).isEqualTo(new StartStep.Launch(FRESH));
    }

    @Test
    void aMatchWhoseServerIsBeingStartedIsToldSoUntilItIsLoaded() {
        assertThat(fleet.start("m", 1)).isEqualTo(new StartStep.Launch(FRESH));
        Instant from = fleet.now();
        StartReply starting = fleet.book().started(placement(FRESH, "t1", true), from);
        fleet.later(Duration.ofSeconds(15));

        assertThat(starting).isEqualTo(new StartReply.Starting(FRESH, from));
        assertThat(fleet.start("m", 1)).isEqualTo(new StartStep.Answer(starting));
        fleet.loading(FRESH, "m");
        assertThat(fleet.start("m", 1)).isEqualTo(new StartStep.Answer(starting));
        fleet.ready(FRESH, "m");
        assertThat(fleet.start("m", 1))
                .isInstanceOfSatisfying(
                        StartStep.Answer.class,
                        answer -> assertThat(answer.reply()).isInstanceOf(StartReply.Running.class));
    }

    @Test
    void aMatchWhoseServerDidNotStartInTimeIsToldThatItFailed() {
        fleet.start("m", 1);
        fleet.book().started(placement(FRESH, "t1", true), fleet.now());
        fleet.sweptFor(Duration.ofSeconds(21));

        assertThat(fleet.start("m", 1))
                .isInstanceOfSatisfying(
                        StartStep.Answer.class,
                        answer -> assertThat(answer.reply()).isInstanceOf(StartReply.Over.class));
    }

    @Test
    void aColdStartThatHasEndedIsNotGoneOnWith() {
        fleet.learn(FRESH, "t1", true);
        fleet.book().exited(new ServerExit(FRESH, false, "exit code 1"), fleet.now());
        fleet.standby("waits");

        assertThat(fleet.start("m", 1)).isEqualTo(new StartStep.Take("waits"));
    }

    @Test
    void aServerThatWasTakenOverAndStaysSilentKeepsNoMatchWaiting() {
        fleet.learn("a", "t1", true);
        fleet.later(Duration.ofSeconds(7));

        assertThat(fleet.start("m", 1)).isEqualTo(new StartStep.Launch(FRESH));
    }

    @Test
    void theSameMatchAskedAgainWhileItsStandbyIsAskedGetsNoSecondServer() {
        fleet.standby("a");
        fleet.standby("b");
        fleet.start("m", 1);

        assertThat(fleet.start("m", 1)).isEqualTo(new StartStep.Silence());
    }

    @Test
    void aMatchAskedForAgainIsAnsweredWithItsPresentState() {
        fleet.standby("a");
        fleet.start("m", 1);
        fleet.book().accepted("m", "a", fleet.now());
        assertThat(fleet.start("m", 1))
                .isEqualTo(new StartStep.Answer(new StartReply.Assigned("a", true, fleet.now())));

        EventStep step = fleet.ready("a", "m");

        assertThat(step).isInstanceOf(EventStep.Tell.class);
        MatchEvent.Ready told = (MatchEvent.Ready) ((EventStep.Tell) step).event();
        assertThat(fleet.start("m", 1)).isEqualTo(new StartStep.Answer(new StartReply.Running(told)));
    }

    @Test
    void aServerThatLoadsItsMatchIsNotYetRunning() {
        fleet.standby("a");
        fleet.start("m", 1);
        fleet.book().accepted("m", "a", fleet.now());

        fleet.loading("a", "m");

        assertThat(fleet.start("m", 1))
                .isEqualTo(new StartStep.Answer(new StartReply.Assigned("a", true, fleet.now())));
    }

    @Test
    void aServerThatWasTakenOverWhileItLoadsHasItsMatchAndKeepsNoOtherWaiting() {
        fleet.learn("a", "t1", true);

        fleet.loading("a", "m");

        assertThat(fleet.start("m", 1))
                .isEqualTo(new StartStep.Answer(new StartReply.Assigned("a", true, fleet.now())));
        assertThat(fleet.start("other", 1)).isEqualTo(new StartStep.Launch(FRESH));
    }

    @Test
    void whatAHeartbeatSaysOfALoadedMatchHasTheTimesOfAReadyOne() {
        fleet.learn("a", "t1", true);

        fleet.heartbeat("a", "m");

        assertThat(fleet.start("m", 1))
                .isInstanceOfSatisfying(
                        StartStep.Answer.class,
                        answer -> assertThat(answer.reply())
                                .isInstanceOfSatisfying(
                                        StartReply.Running.class,
                                        running -> assertThat(running.ready().stops())
                                                .containsKeys(Stop.ASSIGNED, Stop.READY)));
    }

    @Test
    void afterARefusalTheNextStandbyIsAskedAndAfterThreeAServerIsStarted() {
        FleetLimits roomy = new FleetLimits(9, 2, Duration.ofSeconds(7), Duration.ofSeconds(20), Packing.PACK);
        ServerBook wide = new ServerBook(roomy, fleet.now());
        for (String serverId : List.of("a", "b", "c", "d")) {
            wide.learn(placement(serverId, "t1", true), fleet.now());
            wide.ready(readyEvent(serverId, null, fleet.now()), fleet.now());
        }
        for (String serverId : List.of("a", "b", "c")) {
            assertThat(wide.start(request("m", 1, null), MODE, FRESH, fleet.now())
                            .step())
                    .isEqualTo(new StartStep.Take(serverId));
            wide.refused("m", serverId, fleet.now());
        }

        assertThat(wide.start(request("m", 1, null), MODE, FRESH, fleet.now()).step())
                .isEqualTo(new StartStep.Launch(FRESH));
    }

    @Test
    void whileAnotherStandbyIsAskedOneThatWasGivenUpMayTurnOutToHaveTheMatch() {
        fleet.standby("a");
        fleet.standby("b");
        fleet.start("m", 1);
        fleet.book().refused("m", "a", fleet.now());
        assertThat(fleet.start("m", 1)).isEqualTo(new StartStep.Take("b"));
        fleet.ready("a", "m");

        fleet.book().refused("m", "b", fleet.now());

        assertThat(fleet.start("m", 1))
                .isEqualTo(new StartStep.Answer(new StartReply.Assigned("a", true, fleet.now())));
    }

    @Test
    void aHigherAttemptRetiresTheServerBeforeAndTakesAnother() {
        fleet.standby("a");
        fleet.start("m", 1);
        fleet.book().accepted("m", "a", fleet.now());
        fleet.standby("b");

        Start second = fleet.book().start(request("m", 2, null), MODE, FRESH, fleet.now());

        assertThat(second.retire()).containsExactly("a");
        assertThat(second.step()).isEqualTo(new StartStep.Take("b"));
    }

    @Test
    void moreServersThanAllowedAreRefused() {
        fleet.start("m1", 1);
        fleet.book().start(request("m2", 1, null), MODE, "f2", fleet.now());
        fleet.book().start(request("m3", 1, null), MODE, "f3", fleet.now());

        StartStep fourth = fleet.book()
                .start(request("m4", 1, null), MODE, "f4", fleet.now())
                .step();

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
        fleet.standby("a");
        fleet.start("m1", 1);

        fleet.heartbeat("a", "m2");

        assertThat(fleet.start("m1", 1)).isEqualTo(new StartStep.Launch(FRESH));
    }

    @Test
    void anEndedMatchIsRememberedForWhoeverAsksAgain() {
        fleet.running("a", "m");
        EventStep.Tell tell = (EventStep.Tell) fleet.book().ended(ended("a", "m", fleet.now()), fleet.now());
        fleet.book().exited(new ServerExit("a", true, "exit code 0"), fleet.now());
        fleet.book().sweep(fleet.now(), true);
        fleet.later(Duration.ofMinutes(9));

        assertThat(fleet.settled("m", "a")).isEqualTo(new StartStep.Answer(new StartReply.Over(tell.event())));
    }

    @Test
    void aDirectorThatHasJustComeDoesNotCallALiveServerGone() {
        assertThat(fleet.settled("m", "unknown")).isEqualTo(new StartStep.Silence());

        fleet.later(Duration.ofSeconds(8));

        assertThat(fleet.settled("m", "unknown")).isEqualTo(new StartStep.Answer(new StartReply.Gone("unknown")));
    }
}
