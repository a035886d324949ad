package dev.paddock.director.fleet;

import static dev.paddock.director.fleet.TestFleet.FRESH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.protocol.match.StartReply;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Servers of other directors, which this one hears and has no placement of. */
class ForeignTest {
    private final TestFleet fleet = new TestFleet();

    @Test
    void aMatchThatAForeignServerHasGetsNoSecondOneWhileItsDirectorMaySpeak() {
        fleet.standby("a");
        fleet.foreign("f", "m");
        assertThat(fleet.start("m", 1)).isEqualTo(new StartStep.Silence());
        assertThat(fleet.start("m", 2)).isEqualTo(new StartStep.Silence());
        assertThat(fleet.start("other", 1)).isEqualTo(new StartStep.Take("a"));

        fleet.later(Duration.ofSeconds(7));
        fleet.foreign("f", "m");

        assertThat(fleet.start("m", 2)).isEqualTo(new StartStep.Launch(FRESH));
    }

    @Test
    void aForeignServerIsNotGoneWhileItSpeaks() {
        fleet.later(Duration.ofSeconds(8));
        fleet.foreign("f", "m");
        assertThat(fleet.settled("m", "f")).isEqualTo(new StartStep.Silence());

        fleet.sweptFor(Duration.ofSeconds(8));

        assertThat(fleet.settled("m", "f")).isEqualTo(new StartStep.Answer(new StartReply.Gone("f")));
    }

    @Test
    void foreignServersAreRememberedWithinBounds() {
        Foreign foreign = new Foreign();
        for (int server = 0; server < Foreign.MOST + 10; server++) {
            foreign.heard("f" + server, "m", fleet.now());
        }
        assertThat(foreign.size()).isEqualTo(Foreign.MOST);

        foreign.forgetBefore(fleet.now().plusMillis(1));

        assertThat(foreign.size()).isZero();
    }
}
