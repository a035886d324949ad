package dev.paddock.manager.bus;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.endpoint.health.HealthEndpoint;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Ready means, among other things: NATS is connected. Without it no match gets a server. */
@Singleton
@Readiness
@Requires(beans = HealthEndpoint.class)
final class NatsHealth implements HealthIndicator {
    private static final String NAME = "nats";

    private final Bus bus;

    NatsHealth(Bus bus) {
        this.bus = bus;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        HealthStatus status = bus.isConnected() ? HealthStatus.UP : HealthStatus.DOWN;
        return Publishers.just(HealthResult.builder(NAME, status).build());
    }
}
