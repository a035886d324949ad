package dev.paddock.manager.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The moments at which Redis may have gone back behind what it had answered: it was away and is back (up to a second of
 * its append-only file may be gone, or all of it), or a replica has taken over that had not heard the last writes.
 */
final class Setbacks {
    /** Until all connections have noticed, and before whoever listens asks Redis. */
    private static final Duration CALM = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(Setbacks.class);

    private final Runnable answers;
    private final AtomicLong count = new AtomicLong();
    private final AtomicBoolean telling = new AtomicBoolean();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Executor later =
            CompletableFuture.delayedExecutor(CALM.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread);

    /** @param answers returns when Redis answers, and throws when it does not */
    Setbacks(Runnable answers) {
        this.answers = answers;
    }

    long count() {
        return count.get();
    }

    void onSetback(Runnable listener) {
        listeners.add(listener);
    }

    /** For any thread: returns at once. */
    void happened() {
        count.incrementAndGet();
        if (telling.compareAndSet(false, true)) {
            later.execute(this::tell);
        }
    }

    private void tell() {
        try {
            answers.run();
        } catch (RedisUnavailableException e) {
            later.execute(this::tell);
            return;
        } catch (IllegalStateException e) {
            // So says Lettuce's timer when the client was shut down: the application ends.
            LOG.debug("nobody is told any more why={}", e.toString());
            return;
        }
        telling.set(false);
        LOG.warn("Redis is back, or a replica took over: what it answered before may be gone");
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (Exception e) {
                LOG.warn("left undone after Redis came back why={}", e.toString());
            }
        }
    }
}
