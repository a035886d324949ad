package dev.paddock.director.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the operator does, in figures; those of the present leader count.
 *
 * <pre>
 * paddock.operator.reconcile{kind, outcome=done|failed}   each look at a resource, and how long it took
 * paddock.operator.queue{kind}                            resources that wait to be looked at, or are being
 * paddock.servers.failed{reason}                          the reason is that of the status
 * paddock.server.start{until=started|ready}               from the operator's first sight of a server
 * </pre>
 *
 * Not those of the framework: its gauges are made for an operator that starts once in a process.
 */
@Singleton
@Requires(property = "paddock.director.backend", value = "kubernetes")
final class OperatorMeters {
    private final MeterRegistry registry;
    private volatile Framework framework = new Framework();

    OperatorMeters(MeterRegistry registry) {
        this.registry = registry;
        for (String kind : List.of("GameServer", "GameMode")) {
            Gauge.builder("paddock.operator.queue", this, meters -> meters.framework.waiting(kind))
                    .tag("kind", kind)
                    .register(registry);
        }
    }

    void failed(String reason) {
        registry.counter("paddock.servers.failed", "reason", reason).increment();
    }

    /** @param until {@code started} or {@code ready} */
    void began(String until, Duration took) {
        Timer.builder("paddock.server.start")
                .tag("until", until)
                .publishPercentileHistogram()
                .register(registry)
                .record(took);
    }

    /** For an operator that begins: nothing waits yet. */
    Metrics ofNewOperator() {
        Framework next = new Framework();
        framework = next;
        return next;
    }

    private final class Framework implements Metrics {
        private final Map<String, Integer> waiting = new ConcurrentHashMap<>();

        int waiting(String kind) {
            return waiting.getOrDefault(kind, 0);
        }

        @Override
        public void reconcileCustomResource(
                HasMetadata resource, @Nullable RetryInfo retry, Map<String, Object> metadata) {
            waiting.merge(resource.getKind(), 1, Integer::sum);
        }

        @Override
        public void reconciliationExecutionFinished(HasMetadata resource, Map<String, Object> metadata) {
            waiting.merge(resource.getKind(), -1, Integer::sum);
        }

        @Override
        public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
            Timer.Sample sample = Timer.start(registry);
            String outcome = "failed";
            try {
                T result = execution.execute();
                outcome = "done";
                return result;
            } finally {
                sample.stop(registry.timer(
                        "paddock.operator.reconcile", "kind", kind(execution.controllerName()), "outcome", outcome));
            }
        }

        /** The framework names a controller after its class. */
        private static String kind(String controller) {
            return controller.startsWith("gamemode") ? "GameMode" : "GameServer";
        }
    }
}
