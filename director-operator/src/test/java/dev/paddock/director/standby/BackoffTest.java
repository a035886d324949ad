package dev.paddock.director.standby;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void withoutAFailureTheNextStartMayBeAtOnce() {
        assertThat(Backoff.NONE.allows(NOW)).isTrue();
    }

    @Test
    void eachFailureInARowDoublesThePauseUpToAMinute() {
        List<Long> pauses = new ArrayList<>();
        Backoff backoff = Backoff.NONE;
        for (int failure = 0; failure < 9; failure++) {
            backoff = backoff.failed(NOW);
            pauses.add(Duration.between(NOW, backoff.notBefore()).toSeconds());
        }

        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void thePauseStaysAMinuteAfterMoreFailuresThanALongHasBits() {
        Backoff backoff = Backoff.NONE;
        for (int failure = 1; failure <= 200; failure++) {
            backoff = backoff.failed(NOW);
            if (failure > 6) {
                assertThat(backoff.notBefore()).as("failure " + failure).isEqualTo(NOW.plus(Backoff.LONGEST));
            }
        }

        assertThat(backoff.failures()).isEqualTo(200);
    }

    @Test
    void theNextStartMayBeAtTheEndOfThePauseAndNotBefore() {
        Backoff backoff = Backoff.NONE.failed(NOW);

        assertThat(backoff.allows(NOW.plusMillis(999))).isFalse();
        assertThat(backoff.allows(NOW.plusMillis(1000))).isTrue();
    }
}
