package dev.paddock.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a run leaves no process behind, however it ends: when it is told to end (Ctrl-C, SIGTERM), the run's
 * thread is interrupted and ends what it has started; whatever is left after that is ended by its pid. A run that does not
 * end by itself is ended.
 */
final class Guard implements AutoCloseable {
    private static final Duration TO_UNWIND = Duration.ofSeconds(20);
    private static final int GAVE_UP = 3;
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread run = Thread.currentThread();
    private final Thread hook;

    private Guard(Path folder) {
        this.hook = new Thread(() -> end(folder), "end-leftovers");
    }

    /** Over the run of the thread that calls it. */
    static Guard over(Path folder, Duration longest, Consumer<String> out) {
        Guard guard = new Guard(folder);
        Runtime.getRuntime().addShutdownHook(guard.hook);
        Thread.ofPlatform().daemon().name("longest").start(() -> guard.watch(folder, longest, out));
        return guard;
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("it is being ended already", e);
        }
    }

    private void end(Path folder) {
        run.interrupt();
        if (!endsWithin(TO_UNWIND)) {
            LOG.warn("the run did not end by itself");
        }
        Stage.endLeftovers(folder);
    }

    private void watch(Path folder, Duration longest, Consumer<String> out) {
        if (!endsWithin(longest)) {
            out.accept("given up after %d minutes; all logs are in %s".formatted(longest.toMinutes(), folder));
            Stage.endLeftovers(folder);
            Runtime.getRuntime().halt(GAVE_UP);
        }
    }

    private boolean endsWithin(Duration bound) {
        try {
            return ended.await(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
