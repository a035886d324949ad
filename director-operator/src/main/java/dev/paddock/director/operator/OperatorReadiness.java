package dev.paddock.director.operator;

import dev.paddock.director.kubernetes.Election;
import io.micronaut.context.annotation.Requires;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Ready: this director does not lead, or its operator runs. Never a matter of life: an operator begins again by itself. */
@Singleton
@Readiness
@Requires(property = "paddock.director.backend", value = "kubernetes")
final class OperatorReadiness extends AbstractHealthIndicator<Map<String, Object>> {
    private final BooleanSupplier isLeader;
    private final BooleanSupplier isRunning;

    @Inject
    OperatorReadiness(Election election, Operators operators) {
        this(election::isLeader, operators::isRunning);
    }

    OperatorReadiness(BooleanSupplier isLeader, BooleanSupplier isRunning) {
        this.isLeader = isLeader;
        this.isRunning = isRunning;
    }

    @Override
    protected Map<String, Object> getHealthInformation() {
        boolean leads = isLeader.getAsBoolean();
        boolean runs = isRunning.getAsBoolean();
        healthStatus = !leads || runs ? HealthStatus.UP : HealthStatus.DOWN;
        return Map.of("leads", leads, "runs", runs);
    }

    @Override
    protected String getName() {
        return "operator";
    }
}
