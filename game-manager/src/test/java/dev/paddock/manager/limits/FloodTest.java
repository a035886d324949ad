package dev.paddock.manager.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.manager.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FloodTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Flood flood = new Flood(10, () -> now);

    @Test
    void twiceASecondsWorthMayComeAtOnce() {
        assertThat(passed("a", 100)).isEqualTo(20);
    }

    @Test
    void afterABurstASecondsWorthASecondGoesOn() {
        passed("a", 100);

        now = now.plus(Duration.ofSeconds(1));
        assertThat(passed("a", 100)).isEqualTo(10);
        now = now.plus(Duration.ofMinutes(1));
        assertThat(passed("a", 100)).isEqualTo(20);
    }

    @Test
    void oneSendersFloodIsNotAnothers() {
        passed("a", 100);

        assertThat(passed("b", 100)).isEqualTo(20);
    }

    private int passed(String sender, int requests) {
        int passed = 0;
        for (int i = 0; i < requests; i++) {
            try {
                flood.count(sender);
                passed++;
            } catch (ProblemException e) {
                assertThat(e.type().slug()).isEqualTo("too-many-requests");
            }
        }
        return passed;
    }
}
