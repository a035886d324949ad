package dev.paddock.local.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentilesTest {
    @ParameterizedTest
    @CsvSource({
        // samples 1..n ms: median, p99, max
        "1,   1,   1,   1",
        "2,   1,   2,   2",
        "3,   2,   3,   3",
        "99,  50,  99,  99",
        "100, 50,  99,  100",
        "101, 51,  100, 101",
        "200, 100, 198, 200",
    })
    void everyPercentileIsASampleOfItsRank(long samples, long median, long p99, long max) {
        List<Duration> falling = LongStream.rangeClosed(1, samples)
                .mapToObj(i -> Duration.ofMillis(samples + 1 - i))
                .toList();

        assertThat(Percentiles.of(falling))
                .isEqualTo(new Percentiles(Duration.ofMillis(median), Duration.ofMillis(p99), Duration.ofMillis(max)));
    }

    @Test
    void nothingHasNoPercentiles() {
        assertThatThrownBy(() -> Percentiles.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
