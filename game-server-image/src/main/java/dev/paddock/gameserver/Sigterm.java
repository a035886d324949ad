package dev.paddock.gameserver;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * SIGTERM means what {@code retire} does: a match goes on to its end. The process then exits with the code of its own
 * choice; the JVM's 143 would make a server that was merely sent away look like one that failed.
 *
 * <p>Heeded before anything else is done: a server may be sent away while it still starts, and then ends at once and well.
 * In a container it is process 1, for which the kernel drops each signal without a handler. The JVM has one from its first
 * milliseconds on, so no {@code init} is needed before it.
 */
final class Sigterm {
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile int exitCode;
    private @Nullable Runnable life;

    private Sigterm() {}

    static Sigterm heed() {
        Sigterm sigterm = new Sigterm();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("sigterm").unstarted(sigterm::onExit));
        return sigterm;
    }

    /** From now on there is somebody who decides when to end; he is told, and says so by {@link #done}. */
    synchronized void tell(Runnable living) {
        life = living;
    }

    /** The process is about to exit with this code. */
    void done(int code) {
        exitCode = code;
        done.countDown();
    }

    /** Runs at each exit, also at those that nobody asked for. */
    private void onExit() {
        if (done.getCount() == 0) {
            return;
        }
        Runnable living = life();
        if (living == null) {
            Runtime.getRuntime().halt(0);
            return;
        }
        living.run();
        try {
            done.await();
            Runtime.getRuntime().halt(exitCode);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Runnable life() {
        return life;
    }
}
