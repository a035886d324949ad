package dev.paddock.director.kubernetes;

import dev.paddock.protocol.Id;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One director leads: it keeps standbys up and makes pods of servers. The lease is for thrift: for a moment two may believe
 * that they lead, and so all that a leader does can be done twice.
 */
@Singleton
@Requires(property = "paddock.director.backend", value = "kubernetes")
public final class Election implements AutoCloseable {
    static final String LEASE = "paddock-operator";

    private static final Duration AFTER_LOSS = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(Election.class);

    private final KubernetesClient client;
    private final LeaderElectionConfig config;
    private final Duration lease;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong term = new AtomicLong();
    private volatile boolean leads;
    private volatile CompletableFuture<?> candidacy = CompletableFuture.completedFuture(null);
    private volatile Duties duties = new Duties(() -> {}, () -> {});

    Election(Kube kube, KubernetesSettings settings) {
        String self = nameOfThisDirector();
        this.client = kube.client();
        this.lease = settings.lease();
        this.config = new LeaderElectionConfig(
                new LeaseLock(kube.namespace(), LEASE, self),
                lease,
                lease.multipliedBy(2).dividedBy(3),
                lease.dividedBy(4),
                new LeaderCallbacks(this::begin, this::end, leader -> LOG.info("leader={} self={}", leader, self)),
                true,
                LEASE);
    }

    /**
     * What a leader does beside the director's work.
     *
     * @param begin returns at once
     * @param end returns at once; what is being done may be done to its end, beside the next leader
     */
    public record Duties(Runnable begin, Runnable end) {}

    /** Set once, before the start. */
    public void onLead(Duties what) {
        duties = what;
    }

    public boolean isLeader() {
        return leads;
    }

    /** Counts how often this director has begun to lead. */
    long term() {
        return term.get();
    }

    @EventListener
    void start(StartupEvent event) {
        Thread.ofVirtual().name("election").start(this::stand);
    }

    /** While there is a client: with it the lease is handed on, and nobody has to wait until it has run out. */
    @EventListener
    void stop(ShutdownEvent event) {
        close();
    }

    @Override
    @PreDestroy
    public void close() {
        closed.countDown();
        handOn();
        end();
        threads.shutdown();
    }

    /** An elector that waits for an answer lets nobody in until it has one; after the time of a lease it has nothing to give. */
    private void handOn() {
        try {
            if (!Thread.ofVirtual()
                    .name("hand-on")
                    .start(() -> candidacy.cancel(true))
                    .join(lease)) {
                LOG.warn("the API server does not answer; the lease runs out by itself lease={}", LEASE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stand() {
        try {
            do {
                try {
                    candidate();
                } catch (RuntimeException e) {
                    LOG.warn("this director could not stand for election; it does again why={}", e.toString());
                }
            } while (!closed.await(AFTER_LOSS.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the lease is lost; an elector can be used for that once. */
    private void candidate() {
        CompletableFuture<?> candidate = new LeaderElector(client, config, threads).start();
        candidacy = candidate;
        if (closed.getCount() == 0) {
            candidate.cancel(true);
            return;
        }
        candidate.handle((result, failed) -> result).join();
    }

    private synchronized void begin() {
        term.incrementAndGet();
        leads = true;
        LOG.info("this director leads term={}", term.get());
        duties.begin().run();
    }

    private synchronized void end() {
        if (leads) {
            leads = false;
            LOG.info("this director leads no more term={}", term.get());
            duties.end().run();
        }
    }

    /** What this director is called in the lease: its pod, or its machine, and something of its own. */
    private static String nameOfThisDirector() {
        String host = System.getenv().getOrDefault("HOSTNAME", "director");
        return host + "-" + Id.next(new SecureRandom()).substring(0, 6);
    }
}
