package dev.paddock.director.standby;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Arrivals arrivals = new Arrivals();

    @Test
    void aRushShowsAtOnce() {
        arrivals.add(50, NOW);

        assertThat(arrivals.rate(NOW)).isEqualTo(5.0);
    }

    @Test
    void aSlowModeShowsForAMinuteAndThenNoMore() {
        arrivals.add(6, NOW);

        assertThat(arrivals.rate(NOW.plusSeconds(11))).isEqualTo(0.1);
        assertThat(arrivals.rate(NOW.plusSeconds(60))).isEqualTo(0.1);
        assertThat(arrivals.rate(NOW.plusSeconds(61))).isZero();
    }

    @Test
    void aSteadyStreamHasItsRate() {
        for (int second = 0; second < 100; second++) {
            arrivals.add(3, NOW.plusSeconds(second));
        }

        assertThat(arrivals.rate(NOW.plusSeconds(100))).isBetween(2.9, 3.1);
    }
}
