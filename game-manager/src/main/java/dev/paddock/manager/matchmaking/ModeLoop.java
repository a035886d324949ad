package dev.paddock.manager.matchmaking;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One mode's matchmaking on this replica: waits for the lease, and while it holds it works a {@link Shift}. After an
 * error it starts from the lease again, with nothing in memory. A replica that stops gives the lease back.
 */
final class ModeLoop implements AutoCloseable {
    /** How often a replica without the lease looks whether it is free. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(ModeLoop.class);

    private final String mode;
    private final Lease lease;
    private final Supplier<Shift> shifts;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Shift shift;

    ModeLoop(String mode, Lease lease, Supplier<Shift> shifts) {
        this.mode = mode;
        this.lease = lease;
        this.shifts = shifts;
        // A thread of the system: a virtual one would come after all the requests that wait for a processor.
        this.thread = Thread.ofPlatform().name("matchmaking " + mode).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** What this replica works with, if it has the lease. */
    Optional<Shift> shift() {
        return Optional.ofNullable(shift);
    }

    @Override
    public void close() {
        closed.countDown();
        Shift current = shift;
        if (current != null) {
            current.stop();
        }
        try {
            if (!thread.join(LONGEST_CLOSE)) {
                LOG.warn("a lease is left to expire mode={}", mode);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean failed = false;
        while (!isClosed()) {
            try {
                Lease.Taking taking = lease.take();
                failed = false;
                switch (taking) {
                    case Lease.Taking.Taken(Tenure tenure) -> work(tenure);
                    case Lease.Taking.Held(Duration left) -> pause(left.compareTo(LOOK) < 0 ? left : LOOK);
                }
            } catch (Exception e) {
                // Once for each outage, not four times a second.
                if (!failed && !isClosed()) {
                    LOG.warn("matchmaking will be tried again mode={} why={}", mode, e.toString());
                }
                failed = true;
                pause(LOOK);
            }
        }
    }

    private void work(Tenure tenure) {
        LOG.info("lease taken mode={} replica={} token={}", mode, lease.holder(), tenure.token());
        Shift current = shifts.get();
        shift = current;
        try {
            // Whoever closed before it was stored could not stop it.
            if (!isClosed()) {
                current.work(tenure);
            }
        } finally {
            shift = null;
            lease.release();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void pause(Duration longest) {
        try {
            // A lease that is about to expire is looked at a moment later, not in a tight circle.
            if (closed.await(longest.toMillis() + 5, TimeUnit.MILLISECONDS)) {
                LOG.debug("closed mode={}", mode);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
