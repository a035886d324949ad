package dev.paddock.director.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessSettingsTest {
    @Test
    void portsThatAreNoRangeAreRefusedWithAnExample() {
        assertThatThrownBy(() -> settings("40000").portRange())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Set paddock.director.process.ports to a range like 40000-40999, not 40000.");
        assertThat(settings(" ").portRange()).isNull();
    }

    private static ProcessSettings settings(String ports) {
        return new ProcessSettings(Map.of(), ports, "127.0.0.1", 1, true, Duration.ofSeconds(1));
    }
}
