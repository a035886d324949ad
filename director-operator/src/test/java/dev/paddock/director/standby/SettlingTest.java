package dev.paddock.director.standby;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration TIME = Duration.ofSeconds(60);

    private final Settling settling = new Settling(TIME);

    @Test
    void aNumberRisesAtOnceAndFallsLate() {
        assertThat(settling.see(2, NOW)).isEqualTo(2);
        assertThat(settling.see(7, NOW.plusSeconds(1))).isEqualTo(7);
        assertThat(settling.see(0, NOW.plusSeconds(2))).isEqualTo(7);
        assertThat(settling.see(0, NOW.plusSeconds(61))).isEqualTo(7);
        assertThat(settling.see(0, NOW.plusSeconds(62))).isZero();
    }

    @Test
    void itIsTheGreatestOfTheTimeThatHasGoneBy() {
        Random random = new Random(3);
        List<Integer> seen = new ArrayList<>();
        for (int second = 0; second < 1000; second++) {
            seen.add(random.nextInt(100));
            int from = Math.max(0, second - (int) TIME.toSeconds());
            int greatest = seen.subList(from, seen.size()).stream()
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElseThrow();

            assertThat(settling.see(seen.getLast(), NOW.plusSeconds(second))).isEqualTo(greatest);
        }
    }
}
