package dev.paddock.director.standby;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoissonTest {
    /** By tables of the cumulated distribution: the least n with P(N <= n - 1) of 0.99 or more. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0.001, 1", "0.01, 1", "0.1, 2", "0.5, 4", "1, 5", "2, 7", "5, 12", "10, 19", "20, 32"})
    void enoughWaitForAllButOneOfAHundred(double mean, int servers) {
        assertThat(Poisson.standbysFor(mean)).isEqualTo(servers);
    }

    @Test
    void manyArrivalsDoNotLoseThemselvesInRounding() {
        // The normal distribution, which it comes close to: 2.326 standard deviations above the mean.
        assertThat(Poisson.standbysFor(1000)).isBetween(1073, 1077);
        assertThat(Poisson.standbysFor(10_000)).isBetween(10_230, 10_238);
    }

    @Test
    void aMatchThatArrivesAtRandomFindsAServerNinetyNineTimesOfAHundred() {
        double startTakes = 2;
        double rate = 3;
        int servers = Poisson.standbysFor(rate * startTakes);
        Random random = new Random(5);
        double[] replacedAt = new double[servers];
        double now = 0;
        int found = 0;
        int matches = 200_000;
        for (int match = 0; match < matches; match++) {
            now += -Math.log(1 - random.nextDouble()) / rate;
            int oldest = match % servers;
            // Each place is refilled a start after it was taken, and taken in turn.
            if (replacedAt[oldest] <= now) {
                found++;
            }
            replacedAt[oldest] = Math.max(now, replacedAt[oldest]) + startTakes;
        }

        assertThat((double) found / matches).isGreaterThan(0.985);
    }
}
