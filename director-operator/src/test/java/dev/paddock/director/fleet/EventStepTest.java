package dev.paddock.director.fleet;

import static dev.paddock.director.fleet.TestFleet.ended;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.protocol.Stop;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.server.ServerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of what a server says: told to the managers, left to another director, or not believed. */
class EventStepTest {
    private final TestFleet fleet = new TestFleet();

    @Test
    void aStandbyThatIsTakenSaysWhen() {
        fleet.standby("a");
        fleet.later(Duration.ofSeconds(1));
        fleet.start("m", 1);
        Instant taken = fleet.now();
        fleet.later(Duration.ofSeconds(1));
        fleet.ready("a", "m");

        assertThat(fleet.book().mine()).extracting(ServerView::takenAt).containsExactly(taken);
    }

    @Test
    void aReadyThatOvertakesTheAnswerToAssignStillSaysWhenItWasAssigned() {
        fleet.standby("a");
        fleet.start("m", 1);

        EventStep step = fleet.ready("a", "m");

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
    void anotherDirectorsServerIsSpokenForOnlyWhenItRepeatsItself() {
        fleet.learn("a", "t1", false);

        assertThat(fleet.ready("a", "m")).isInstanceOf(EventStep.Leave.class);
        assertThat(fleet.ready("a", "m")).isInstanceOf(EventStep.Tell.class);
    }

    @Test
    void whatAManagerHasHeardIsNotToldAgain() {
        fleet.standby("a");
        fleet.start("m", 1);
        EventStep.Tell tell = (EventStep.Tell) fleet.ready("a", "m");
        fleet.book().heard(tell.event(), fleet.now());

        assertThat(fleet.ready("a", "m")).isInstanceOf(EventStep.AnswerHeard.class);
    }

    @Test
    void aServerWithAnotherKeyThanItWasGivenIsNotBelieved() {
        fleet.learn("a", "t1", true);
        ServerEvent.Ready forged =
                new ServerEvent.Ready("a", "drag-race", "m", Map.of("tcp", 1), "another pin", fleet.now());

        assertThat(fleet.book().ready(forged, fleet.now())).isInstanceOf(EventStep.Distrust.class);
    }

    @Test
    void aServerCannotEndAMatchThatItDoesNotServe() {
        fleet.running("a", "m");

        assertThat(fleet.book().ended(ended("a", "another", fleet.now()), fleet.now()))
                .isInstanceOf(EventStep.Distrust.class);
    }

    @Test
    void seatsOfAServerThatWasHandedOutHereAreToldEachTimeTheyAreSaid() {
        fleet.running("a", "m");

        EventStep first = fleet.seats("a", "m", 1);

        assertThat(first)
                .isEqualTo(new EventStep.Tell(
                        new MatchEvent.Seats("m", "drag-race", "a", 1, 0, List.of(0, 1), List.of("p"), fleet.now())));
        assertThat(fleet.seats("a", "m", 1)).isEqualTo(first);
    }

    @Test
    void seatsOfAnothersServerAreToldOnlyIfTheyAreSaidAgain() {
        fleet.learn("other", "t1", false);
        fleet.ready("other", "m");

        assertThat(fleet.seats("other", "m", 1)).isEqualTo(new EventStep.Leave());
        assertThat(fleet.seats("other", "m", 2)).isEqualTo(new EventStep.Leave());
        assertThat(fleet.seats("other", "m", 2)).isInstanceOf(EventStep.Tell.class);
    }

    @Test
    void seatsOfAMatchThatTheServerDoesNotServeAreNotBelieved() {
        fleet.running("a", "m");

        assertThat(fleet.seats("a", "m2", 1)).isInstanceOf(EventStep.Distrust.class);
        assertThat(fleet.seats("unknown", "m", 1)).isEqualTo(new EventStep.LookUp("unknown"));
    }

    @Test
    void aManagerCannotReleaseAServerFromAnotherMatch() {
        fleet.running("a", "m");

        assertThat(fleet.book().release("a", "another", fleet.now())).isFalse();
        assertThat(fleet.book().release("a", "m", fleet.now())).isTrue();
    }
}
