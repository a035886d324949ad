package dev.paddock.director.fleet;

import static dev.paddock.director.fleet.TestFleet.FRESH;
import static dev.paddock.director.fleet.TestFleet.MODE;
import static dev.paddock.director.fleet.TestFleet.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.director.backend.ServerExit;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Servers that die, fall silent, or never come up; and those that a director retires when it goes. */
class LostServersTest {
    private final TestFleet fleet = new TestFleet();

    @Test
    void aServerThatDiesInItsMatchIsTheMatchsLoss() {
        fleet.running("a", "m");
        fleet.book().exited(new ServerExit("a", false, "exit code 137"), fleet.now());

        assertThat(fleet.book().sweep(fleet.now(), true))
                .singleElement()
                .isInstanceOfSatisfying(Consequence.Tell.class, tell -> {
                    assertThat(tell.event().code()).isEqualTo("server-lost");
                    assertThat(tell.event().serverId()).isEqualTo("a");
                });
        assertThat(fleet.book().sweep(fleet.now(), true)).isEmpty();
    }

    @Test
    void aRetiredServerThatIsLostIsNobodysLoss() {
        fleet.standby("a");
        fleet.start("m", 1);
        fleet.book().accepted("m", "a", fleet.now());
        fleet.book().start(request("m", 2, null), MODE, FRESH, fleet.now());
        fleet.book().exited(new ServerExit("a", false, "exit code 1"), fleet.now());

        assertThat(fleet.book().sweep(fleet.now(), true)).isEmpty();
    }

    @Test
    void aServerThatExitedWellGetsASecondForItsLastWords() {
        fleet.running("a", "m");
        fleet.book().exited(new ServerExit("a", true, "exit code 0"), fleet.now());
        assertThat(fleet.sweptFor(Duration.ofMillis(500))).isEmpty();

        assertThat(fleet.sweptFor(Duration.ofSeconds(1))).hasSize(1);
    }

    @Test
    void aSilentServerIsLostAfterThreeHeartbeatsAndStopped() {
        fleet.running("a", "m");
        assertThat(fleet.sweptFor(Duration.ofSeconds(6))).isEmpty();

        assertThat(fleet.sweptFor(Duration.ofSeconds(2)))
                .hasExactlyElementsOfTypes(Consequence.Tell.class, Consequence.Stop.class);
    }

    @Test
    void whyAServerWasGivenUpIsKnownForAMomentAfterItsEnd() {
        fleet.running("a", "m");
        fleet.sweptFor(Duration.ofSeconds(8));
        assertThat(fleet.book().view("a").orElseThrow().givenUp())
                .isEqualTo(new GivenUp(GivenUp.Cause.SILENT, "it was silent for 7 s"));

        fleet.book().exited(new ServerExit("a", false, "exit code 137"), fleet.now());
        fleet.sweptFor(Duration.ofMillis(500));
        assertThat(fleet.book().view("a")).isPresent();

        fleet.sweptFor(Duration.ofSeconds(1));
        assertThat(fleet.book().view("a")).isEmpty();
    }

    @Test
    void aSilentServerIsStoppedAlsoOnANodeThatTakesNoMoreServers() {
        fleet.running("a", "m");
        fleet.leaves("a");

        assertThat(fleet.sweptFor(Duration.ofSeconds(8)))
                .hasExactlyElementsOfTypes(Consequence.Tell.class, Consequence.Stop.class);
    }

    @Test
    void whileNatsIsAwaySilenceSaysNothing() {
        fleet.running("a", "m");
        fleet.later(Duration.ofMinutes(1));

        assertThat(fleet.book().sweep(fleet.now(), false)).isEmpty();
        fleet.book().listening(fleet.now());
        assertThat(fleet.book().sweep(fleet.now(), true)).isEmpty();
    }

    @Test
    void aDirectorThatStoodStillHearsItsServersFirst() {
        fleet.running("a", "m");
        fleet.standby("b");
        assertThat(fleet.sweptFor(Duration.ofSeconds(2))).isEmpty();

        fleet.later(Duration.ofMinutes(1));

        assertThat(fleet.sweptFor(Duration.ofSeconds(6))).isEmpty();
        assertThat(fleet.sweptFor(Duration.ofSeconds(2))).hasSize(3);
    }

    @Test
    void aServerThatExitedWellWhileThisDirectorStoodStillGetsItsLastWordsToo() {
        fleet.running("a", "m");
        assertThat(fleet.sweptFor(Duration.ofSeconds(1))).isEmpty();
        fleet.book().exited(new ServerExit("a", true, "exit code 0"), fleet.now());

        fleet.later(Duration.ofMinutes(1));

        assertThat(fleet.sweptFor(Duration.ofMillis(500))).isEmpty();
    }

    @Test
    void aServerThatSpeaksWhileALookIsUnderWayIsNotSilent() {
        fleet.running("a", "m");
        for (int heartbeats = 0; heartbeats < 5; heartbeats++) {
            assertThat(fleet.sweptFor(Duration.ofSeconds(2))).isEmpty();
            fleet.heartbeat("a", "m");
        }
        Instant look = fleet.now().plusMillis(1);
        fleet.later(Duration.ofMillis(5));
        fleet.heartbeat("a", "m");
        assertThat(fleet.book().sweep(look, true)).isEmpty();
    }

    @Test
    void aClockThatIsSetBackHidesNoLoss() {
        fleet.running("a", "m");
        assertThat(fleet.sweptFor(Duration.ofSeconds(1))).isEmpty();

        fleet.later(Duration.ofHours(-1));

        assertThat(fleet.sweptFor(Duration.ofSeconds(6))).isEmpty();
        assertThat(fleet.sweptFor(Duration.ofSeconds(2))).hasSize(2);
    }

    @Test
    void aServerThatWasTakenOverWhileNatsIsAwayHasTimeToSpeakWhenItIsBack() {
        fleet.learn("a", "t1", true);
        fleet.later(Duration.ofMinutes(1));
        assertThat(fleet.book().sweep(fleet.now(), false)).isEmpty();

        assertThat(fleet.book().sweep(fleet.now(), true)).isEmpty();
        assertThat(fleet.start("m", 1)).isEqualTo(new StartStep.Silence());
        assertThat(fleet.sweptFor(Duration.ofSeconds(21))).isNotEmpty();
    }

    @Test
    void aStandbyThatDoesNotComeUpIsStoppedAndCountedAsAFailure() {
        fleet.book().declare("a", TestFleet.MODE, fleet.now());

        assertThat(fleet.sweptFor(Duration.ofSeconds(21)))
                .hasExactlyElementsOfTypes(Consequence.StandbyFailed.class, Consequence.Stop.class);
    }

    @Test
    void aColdStartThatDiesBeforeItIsReadyHasFailedToStart() {
        fleet.start("m", 1);
        fleet.book().exited(new ServerExit(FRESH, false, "exit code 1"), fleet.now());

        assertThat(fleet.book().sweep(fleet.now(), true))
                .singleElement()
                .isInstanceOfSatisfying(
                        Consequence.Tell.class,
                        tell -> assertThat(tell.event().code()).isEqualTo("start-failed"));
    }

    @Test
    void aDirectorThatGoesRetiresNoServerThatHasAMatchOrMayHaveOne() {
        fleet.standby("waits");
        fleet.book().declare("starts", TestFleet.MODE, fleet.now());
        fleet.learn("takenOver", "t1", true);
        fleet.learn("other", "t1", false);
        fleet.ready("other", null);
        fleet.learn("plays", "t1", true);
        fleet.ready("plays", "m1");

        assertThat(fleet.book().retireIdle(fleet.now())).containsExactlyInAnyOrder("waits", "starts");
        assertThat(fleet.book().withMatch()).isEqualTo(1);
    }
}
