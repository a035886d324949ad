package dev.paddock.manager;

import dev.paddock.manager.bus.Bus;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * A replica without NATS can start no match and push no frame: others should get its players. Redis has its indicator from
 * the framework; MySQL has none on purpose, as matchmaking goes on without it.
 */
@Singleton
@Readiness
final class NatsReadiness implements HealthIndicator {
    private final Bus bus;

    NatsReadiness(Bus bus) {
        this.bus = bus;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Mono.fromSupplier(() -> HealthResult.builder("nats")
                .status(bus.isConnected() ? HealthStatus.UP : HealthStatus.DOWN)
                .build());
    }
}
