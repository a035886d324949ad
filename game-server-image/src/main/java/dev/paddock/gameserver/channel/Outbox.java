package dev.paddock.gameserver.channel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one player: lines that must arrive, in order and bounded, and behind them one state, of
 * which only the latest is worth sending.
 */
final class Outbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final int capacity;
    private final Deque<byte[]> lines = new ArrayDeque<>();
    private byte @Nullable [] latest;
    private int waiting;
    private boolean finished;

    Outbox(int capacity) {
        this.capacity = capacity;
    }

    /** Queues a line; false if too much waits already. After {@link #finish} it goes nowhere. */
    boolean add(byte[] line) {
        lock.lock();
        try {
            if (finished) {
                return true;
            }
            if (waiting + line.length > capacity) {
                return false;
            }
            waiting += line.length;
            lines.add(line);
            something.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Puts the state in the place of one that has not gone out yet. */
    void show(byte[] state) {
        lock.lock();
        try {
            if (!finished) {
                latest = state;
                something.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing comes after this line. False if it was said before. */
    boolean finish(byte @Nullable [] lastLine) {
        lock.lock();
        try {
            if (finished) {
                return false;
            }
            finished = true;
            latest = null;
            if (lastLine != null) {
                lines.add(lastLine);
            }
            something.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The next thing to write, waiting for it; null when finished and all is out. */
    byte @Nullable [] take() throws InterruptedException {
        lock.lock();
        try {
            while (lines.isEmpty() && latest == null && !finished) {
                something.await();
            }
            byte[] line = lines.poll();
            if (line != null) {
                waiting -= line.length;
                return line;
            }
            byte[] state = latest;
            latest = null;
            return state;
        } finally {
            lock.unlock();
        }
    }
}
