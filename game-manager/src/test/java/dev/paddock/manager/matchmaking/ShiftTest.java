package dev.paddock.manager.matchmaking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShiftTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // Asked, Redis' answer, heard: ms; and what our clock is behind.
        "0,     5,   10,    0",
        "0,   400,  800,    0",
        "0,     0, 2000,    0",
        "0,   300,   10,  290",
        "0,  5000,   10, 4990",
        "0,   200,   10,    0",
        "0, -5000,   10, -5000",
    })
    void anAnswerThatComesLateIsNoOtherClock(long asked, long at, long answered, long skew) {
        assertThat(Shift.skew(NOW.plusMillis(asked), NOW.plusMillis(at), NOW.plusMillis(answered)))
                .isEqualTo(Duration.ofMillis(skew));
    }
}
