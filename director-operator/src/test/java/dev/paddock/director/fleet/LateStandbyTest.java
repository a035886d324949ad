package dev.paddock.director.fleet;

import static dev.paddock.director.fleet.TestFleet.FRESH;
import static dev.paddock.director.fleet.TestFleet.MODE;
import static dev.paddock.director.fleet.TestFleet.placement;
import static dev.paddock.director.fleet.TestFleet.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.director.backend.ServerExit;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.StartReply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A standby that was given up turns out to have the match after all, for which another server was started. */
class LateStandbyTest {
    private final TestFleet fleet = new TestFleet();

    @Test
    void aColdServerWhoseMatchALateStandbyHasIsStoppedAtOnce() {
        fleet.startedInPlaceOfLate("a", "m");
        MatchEvent.Ready won = fleet.readyTwice("a", "m");

        fleet.book().heard(won, fleet.now());

        assertThat(fleet.book().sweep(fleet.now(), true))
                .singleElement()
                .isInstanceOfSatisfying(
                        Consequence.Stop.class,
                        stop -> assertThat(stop.serverId()).isEqualTo(FRESH));
        assertThat(fleet.book().sweep(fleet.now(), true)).isEmpty();
        assertThat(fleet.ready(FRESH, "m")).isEqualTo(new EventStep.AnswerHeard());
        assertThat(fleet.start("m", 1)).isEqualTo(new StartStep.Answer(new StartReply.Running(won)));
    }

    @Test
    void aLateStandbyThatHasTheMatchIsTheMatchsLossWhenItDies() {
        fleet.startedInPlaceOfLate("a", "m");
        fleet.book().heard(fleet.readyTwice("a", "m"), fleet.now());
        fleet.book().sweep(fleet.now(), true);
        fleet.book().exited(new ServerExit("a", false, "exit code 137"), fleet.now());

        assertThat(fleet.book().sweep(fleet.now(), true)).hasExactlyElementsOfTypes(Consequence.Tell.class);
    }

    @Test
    void aServerThatTookLongToStartHasItsMatchIfItSpeaksBeforeTheOneInItsPlace() {
        fleet.start("m", 1);
        fleet.book().started(placement(FRESH, "t1", true), fleet.now());
        assertThat(fleet.sweptFor(Duration.ofSeconds(10))).isEmpty();
        Start second = fleet.book().start(request("m", 2, null), MODE, "second", fleet.now());
        assertThat(second).isEqualTo(new Start(new StartStep.Launch("second"), List.of()));
        fleet.book().started(placement("second", "t1", true), fleet.now());
        assertThat(fleet.sweptFor(Duration.ofSeconds(2))).isEmpty();

        EventStep.Tell first = (EventStep.Tell) fleet.ready(FRESH, "m");
        fleet.book().heard(first.event(), fleet.now());

        assertThat(fleet.sweptFor(Duration.ofSeconds(1)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Consequence.Stop.class,
                        stop -> assertThat(stop.serverId()).isEqualTo("second"));
    }

    @Test
    void aServerThatIsBeingStoppedGetsNoPlayers() {
        fleet.start("m", 1);
        fleet.book().started(placement(FRESH, "t1", true), fleet.now());
        assertThat(fleet.sweptFor(Duration.ofSeconds(21)))
                .hasExactlyElementsOfTypes(Consequence.Tell.class, Consequence.Stop.class);

        assertThat(fleet.ready(FRESH, "m")).isEqualTo(new EventStep.AnswerHeard());
    }

    @Test
    void betweenTwoServersThatHaveSpokenTheManagersDecide() {
        fleet.startedInPlaceOfLate("a", "m");
        MatchEvent.Ready late = fleet.readyTwice("a", "m");
        fleet.ready(FRESH, "m");

        fleet.book().heard(late, fleet.now());
        assertThat(fleet.book().sweep(fleet.now(), true)).isEmpty();

        fleet.book().release(FRESH, "m", fleet.now());
        assertThat(fleet.book().sweep(fleet.now(), true)).hasExactlyElementsOfTypes(Consequence.Stop.class);
    }
}
