package dev.paddock.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({"250ms,PT0.25S", "30s,PT30S", "5m,PT5M", "2h,PT2H", "0ms,PT0S", "90s,PT1M30S"})
    void whatPeopleWriteIsReadAndWrittenTheSame(String text, Duration duration) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
        assertThat(DurationText.format(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 s", "-5s", "1.5s", "5d", "PT5S"})
    void anythingElseIsRefusedWithAnExample(String text) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> DurationText.parse(text));

        assertThat(e).hasMessageContaining("30s");
    }

    @Test
    void aBadDurationInJsonIsAMalformedRecord() {
        assertThrows(MalformedException.class, () -> Json.read("\"soon\"", Duration.class));
    }
}
