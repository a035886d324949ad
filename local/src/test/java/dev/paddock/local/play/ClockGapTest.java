package dev.paddock.local.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.local.play.Player.Queued;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockGapTest {
    private static final Instant ASKED = Instant.parse("2026-01-02T03:04:05Z");

    @ParameterizedTest
    @CsvSource({
        // made so long after the request by the platform's clock; answered so long after by ours; the gap
        "3,     6, 0",
        "0,     6, 0",
        "6,     6, 0",
        "-1,    6, 0",
        "8,     6, 0",
        "-500,  6, -503",
        "1500,  6, 1497",
    })
    void clocksDifferIfATicketWasMadeBeforeItsRequestOrAfterItsAnswer(long made, long answered, long gap) {
        Queued ticket = new Queued("t", ASKED, ASKED.plusMillis(made), ASKED.plusMillis(answered));

        assertThat(ClockGap.of(List.of(ticket))).isEqualTo(Duration.ofMillis(gap));
    }
}
