package dev.paddock.manager.garage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Breaker breaker = new Breaker(() -> now, Duration.ofSeconds(5));

    @Test
    void itIsClosedUntilSomethingFails() {
        assertThat(breaker.isClosed()).isTrue();
    }

    @Test
    void afterAFailureNobodyAsksForAPause() {
        breaker.failed();
        assertThat(breaker.isClosed()).isFalse();

        now = now.plusMillis(4999);
        assertThat(breaker.isClosed()).isFalse();
        now = now.plusMillis(1);
        assertThat(breaker.isClosed()).isTrue();
    }
}
