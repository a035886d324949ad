package dev.paddock.local.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.protocol.game.Driver;
import dev.paddock.protocol.game.FromServer.Countdown;
import dev.paddock.protocol.game.FromServer.Grid;
import dev.paddock.protocol.game.FromServer.Phase;
import dev.paddock.protocol.game.FromServer.Snapshot;
import dev.paddock.protocol.game.Racer;
import dev.paddock.protocol.game.ToServer.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandsTest {
    private static final Instant GREEN = Instant.parse("2026-01-02T03:04:05Z");
    private final Hands hands = new Hands(new Driver(new Grid(402.336, 6, 7000, 7500), "ada"), Duration.ofMillis(200));

    @Test
    void throttleComesOneReactionTimeAfterGreen() {
        hands.see(new Countdown(0, 0), GREEN);

        assertThat(hands.see(racing(1, 1000), GREEN.plusMillis(199))).isEqualTo(new Input(0, 1));
        assertThat(hands.untilOff(GREEN.plusMillis(150))).isEqualTo(Duration.ofMillis(50));
        assertThat(hands.off(GREEN.plusMillis(199))).isNull();
        assertThat(hands.off(GREEN.plusMillis(200))).isEqualTo(new Input(1, 1));
        assertThat(hands.untilOff(GREEN.plusMillis(201))).isNull();
    }

    @Test
    void amberIsNotGreen() {
        hands.see(new Countdown(3, 500), GREEN);

        assertThat(hands.untilOff(GREEN)).isNull();
        assertThat(hands.off(GREEN.plusSeconds(9))).isNull();
    }

    @Test
    void whatWasSentIsNotSentAgain() {
        hands.see(new Countdown(0, 0), GREEN);
        Instant later = GREEN.plusMillis(300);

        assertThat(hands.see(racing(1, 3000), later)).isEqualTo(new Input(1, 1));
        assertThat(hands.see(racing(1, 3100), later)).isNull();
        assertThat(hands.see(racing(1, 7000), later)).isEqualTo(new Input(1, 2));
        assertThat(hands.off(later)).isNull();
    }

    @Test
    void whoJoinsAgainAfterGreenReactsToTheFirstSnapshot() {
        assertThat(hands.see(racing(2, 3000), GREEN)).isEqualTo(new Input(0, 1));
        assertThat(hands.off(GREEN.plusMillis(200))).isEqualTo(new Input(1, 1));
    }

    @Test
    void aRaceWithTheseHandsIsDrivenThroughAllGears() {
        hands.see(new Countdown(0, 0), GREEN);
        // A car whose engine gains 100 rpm a snapshot and loses 2000 at a shift.
        int gear = 1;
        double rpm = 1000;
        Input held = new Input(0, 1);
        for (int i = 0; i < 400; i++) {
            Input said = hands.see(racing(gear, rpm), GREEN.plusMillis(33L * i));
            held = said == null ? held : said;
            rpm += held.throttle() * 100;
            if (held.gear() > gear) {
                gear = held.gear();
                rpm -= 2000;
            }
        }

        assertThat(gear).isEqualTo(6);
    }

    private static Snapshot racing(int gear, double rpm) {
        return new Snapshot(
                1, 0, Phase.RACING, List.of(new Racer("ada", 1, 10, gear, rpm, false, Racer.Status.RACING)));
    }
}
