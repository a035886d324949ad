package dev.paddock.gameserver.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND = 1_000_000_000L;

    private final RateLimit limit = new RateLimit(10, 0);

    @Test
    void twiceTheRateMayComeAtOnceAndThenTheRate() {
        assertThat(taken(100, 0)).isEqualTo(20);
        assertThat(taken(100, SECOND)).isEqualTo(10);
        assertThat(taken(100, 100 * SECOND)).isEqualTo(20);
    }

    private int taken(int wanted, long at) {
        int taken = 0;
        for (int i = 0; i < wanted; i++) {
            taken += limit.take(at) ? 1 : 0;
        }
        return taken;
    }
}
