package dev.paddock.director.operator;

import dev.paddock.director.kubernetes.Election;
import dev.paddock.director.kubernetes.Kube;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An operator for each time that this director leads. */
@Context
@Requires(property = "paddock.director.backend", value = "kubernetes")
final class Operators {
    /** Between looks at what servers have said: their status is for people, and each write is the API server's work. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** Each server that changes changes the figures of its mode. */
    private static final Duration MODE_AT_MOST_EVERY = Duration.ofSeconds(2);

    private static final Duration RESTART_AFTER = Duration.ofSeconds(1);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(Operators.class);

    private final KubernetesClient client;
    private final String namespace;
    private final Reconcilers reconcilers;
    private final OperatorMeters meters;
    private volatile Term term = new Term();
    private volatile @Nullable Term running;

    Operators(Kube kube, Reconcilers reconcilers, OperatorMeters meters, Election election) {
        this.client = kube.client();
        this.namespace = kube.namespace();
        this.reconcilers = reconcilers;
        this.meters = meters;
        election.onLead(new Election.Duties(this::begin, this::end));
    }

    /** Whether the operator of this director's present term runs. */
    boolean isRunning() {
        return running == term;
    }

    private void begin() {
        Term next = new Term();
        term = next;
        Thread.ofVirtual().name("operator").start(() -> run(next));
    }

    private void end() {
        term.over.countDown();
    }

    private void run(Term during) {
        try {
            do {
                try {
                    operate(during);
                } catch (RuntimeException e) {
                    LOG.warn("the operator could not run; it is started again why={}", e.toString());
                }
            } while (!during.over.await(RESTART_AFTER.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void operate(Term during) throws InterruptedException {
        Budget budget = new Budget(client, namespace, InstantSource.system());
        Spoken spoken = reconcilers.spoken(namespace);
        AtomicBoolean broken = new AtomicBoolean();
        Operator operator = new Operator(o -> o.withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withMetrics(meters.ofNewOperator())
                // Left alone, it would end the whole director.
                .withInformerStoppedHandler((informer, why) -> broken.set(why != null)));
        try (Happenings happenings = new Happenings(client, InstantSource.system())) {
            operator.register(
                    reconcilers.servers(client, spoken, happenings),
                    o -> o.settingNamespace(namespace).withRetry(retry()));
            operator.register(
                    reconcilers.modes(happenings),
                    o -> o.settingNamespace(namespace)
                            .withRetry(retry())
                            .withRateLimiter(new LinearRateLimiter(MODE_AT_MOST_EVERY, 1)));
            operator.start();
            running = during;
            LOG.info("the operator runs namespace={}", namespace);
            while (!during.over.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                if (broken.get()) {
                    throw new OperatorException("a watch has ended for good");
                }
                spoken.look();
                budget.keep();
            }
        } finally {
            if (running == during) {
                running = null;
            }
            operator.stop();
            LOG.info("the operator has ended namespace={}", namespace);
        }
    }

    /** Players wait for what is retried here: soon at first, and for ever. */
    private static GenericRetry retry() {
        return new GenericRetry()
                .setInitialInterval(FIRST_RETRY)
                .setMaxInterval(LONGEST_RETRY.toMillis())
                .withoutMaxAttempts();
    }

    /** From the moment that this director leads until it does not. */
    private static final class Term {
        private final CountDownLatch over = new CountDownLatch(1);
    }
}
