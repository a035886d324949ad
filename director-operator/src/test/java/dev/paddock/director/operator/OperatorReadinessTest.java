package dev.paddock.director.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthResult;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

class OperatorReadinessTest {
    /** One that leads no more may still be ending its operator. */
    @ParameterizedTest
    @CsvSource({"false, false, UP", "false, true, UP", "true, true, UP", "true, false, DOWN"})
    void onlyADirectorThatLeadsNeedsAnOperatorThatRuns(boolean leads, boolean runs, String status) {
        OperatorReadiness readiness = new OperatorReadiness(() -> leads, () -> runs);

        HealthResult result;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            readiness.setExecutorService(threads);
            result = Objects.requireNonNull(Mono.from(readiness.getResult()).block());
        }

        assertThat(result.getStatus()).isEqualTo(new HealthStatus(status));
        assertThat(result.getName()).isEqualTo("operator");
        assertThat(result.getDetails()).isEqualTo(Map.of("leads", leads, "runs", runs));
    }
}
