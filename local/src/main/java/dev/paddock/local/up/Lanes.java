package dev.paddock.local.up;

import dev.paddock.local.server.StartFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Things that start at the same time, some of them after others. The first failure ends the whole. */
final class Lanes implements AutoCloseable {
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);
    private static final Duration END_BOUND = Duration.ofSeconds(5);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final CompletionService<Object> done = new ExecutorCompletionService<>(executor);
    private final List<Lane<?>> lanes = new ArrayList<>();

    /** One of them. Others wait for what it gives by {@link #await()}. */
    static final class Lane<T> {
        private final String name;
        private final Future<Object> future;
        private final Class<T> type;

        private Lane(String name, Future<Object> future, Class<T> type) {
            this.name = name;
            this.future = future;
            this.type = type;
        }

        T await() {
            try {
                return type.cast(future.get());
            } catch (ExecutionException e) {
                throw asStartFailure(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StartFailedException("Interrupted while starting " + name + ".", e);
            }
        }
    }

    <T> Lane<T> start(String name, Class<T> type, Callable<T> work) {
        Lane<T> lane = new Lane<>(name, done.submit(work::call), type);
        lanes.add(lane);
        return lane;
    }

    /**
     * Waits for all, and says every few seconds for which it still waits.
     *
     * @throws StartFailedException the first that one of them threw
     */
    void awaitAll(Screen screen) {
        int left = lanes.size();
        Duration waited = Duration.ZERO;
        try {
            while (left > 0) {
                Future<Object> one = done.poll(BETWEEN_REPORTS.toMillis(), TimeUnit.MILLISECONDS);
                if (one == null) {
                    waited = waited.plus(BETWEEN_REPORTS);
                    screen.say("  still starting: %s (%d s)".formatted(unfinished(), waited.toSeconds()));
                    continue;
                }
                one.get();
                left--;
            }
        } catch (ExecutionException e) {
            throw asStartFailure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailedException("Interrupted while starting.", e);
        }
    }

    private String unfinished() {
        return String.join(
                ", ",
                lanes.stream()
                        .filter(lane -> !lane.future.isDone())
                        .map(lane -> lane.name)
                        .toList());
    }

    private static StartFailedException asStartFailure(ExecutionException e) {
        if (e.getCause() instanceof StartFailedException failure) {
            return failure;
        }
        return new StartFailedException("Cannot start: " + e.getCause(), e);
    }

    /** Interrupts what is not done, and waits for its end, but not for ever. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(END_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("not ended within " + END_BOUND + ": " + unfinished());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
