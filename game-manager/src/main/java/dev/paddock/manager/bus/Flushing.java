package dev.paddock.manager.bus;

import io.nats.client.Connection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Waits until NATS has what was published: many wait for the same answer. Each alone would send a ping of its own, and the
 * client takes more than two pings without an answer for a dead connection: three matches that are ready in the same
 * millisecond would cost every answer that is under way.
 */
final class Flushing {
    private final Connection connection;
    private final AtomicLong asked = new AtomicLong();
    private final ReentrantLock turn = new ReentrantLock();

    /** Who asked up to here is done. Written by whose turn it is. */
    private volatile long done;

    Flushing(Connection connection) {
        this.connection = connection;
    }

    /** Whether all that this thread has published before has left in time. */
    boolean flush(Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        long mine = asked.incrementAndGet();
        try {
            if (!turn.tryLock(longest.toNanos(), TimeUnit.NANOSECONDS)) {
                return done >= mine;
            }
            try {
                return done >= mine || flushAll(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            } finally {
                turn.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean flushAll(Duration longest) throws InterruptedException {
        // Whoever asked until now has published before the ping.
        long all = asked.get();
        try {
            connection.flush(longest);
            done = all;
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }
}
