package dev.paddock.director.fleet;

import static dev.paddock.director.fleet.TestFleet.FRESH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.director.backend.ServerExit;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.StartReply;
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
