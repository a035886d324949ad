package dev.paddock.manager.matchmaking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenureTest {
    @ParameterizedTest
    @CsvSource({"0, true", "1000, true", "1999, true", "2000, false", "2001, false", "3000, false", "100000, false"})
    void aHolderActsOnlyWellWithinWhatRedisConfirmed(long silentMs, boolean may) {
        Tenure tenure = new Tenure(1, 500);

        assertThat(tenure.mayAct(500 + Duration.ofMillis(silentMs).toNanos())).isEqualTo(may);
    }

    @ParameterizedTest
    @CsvSource({"0, 1000", "400, 600", "1000, 0", "5000, 0"})
    void aRenewalIsDueASecondAfterTheLast(long agoMs, long leftMs) {
        Tenure tenure = new Tenure(1, 500);

        assertThat(tenure.untilRenewal(500 + Duration.ofMillis(agoMs).toNanos()))
                .isEqualTo(Duration.ofMillis(leftMs));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE - 100, -50})
    void theMonotonicClockMayPassItsOwnEnd(long confirmed) {
        Tenure tenure = new Tenure(1, confirmed);

        assertThat(tenure.mayAct(confirmed + 1000)).isTrue();
        assertThat(tenure.mayAct(confirmed + Tenure.SAFE.toNanos())).isFalse();
    }
}
