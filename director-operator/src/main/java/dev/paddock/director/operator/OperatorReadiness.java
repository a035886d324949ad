package dev.paddock.director.operator;

import dev.paddock.director.kubernetes.Election;
import io.micronaut.context.annotation.Requires;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;

/** Ready: this director does not lead, or its operator runs. Never a matter of life: an operator begins again by itself. */
@Singleton
@Readiness
@Requires(property = "paddock.director.backend", value = "kubernetes")
final class OperatorReadiness extends AbstractHealthIndicator<Map<String, Object>> {
    private final Election election;
    private final Operators operators;

    OperatorReadiness(Election election, Operators operators) {
        this.election = election;
        this.operators = operators;
    }

    @Override
    protected Map<String, Object> getHealthInformation() {
        boolean leads = election.isLeader();
        boolean runs = operators.isRunning();
        healthStatus = !leads || runs ? HealthStatus.UP : HealthStatus.DOWN;
        return Map.of("leads", leads, "runs", runs);
    }

    @Override
    protected String getName() {
        return "operator";
    }
}
