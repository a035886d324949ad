package dev.paddock.local.play;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same for many players at once, each on a virtual thread, and gives every player's outcome. */
final class Crowd {
    private Crowd() {}

    sealed interface Outcome<T> {}

    record Done<T>(T value) implements Outcome<T> {}

    /** @param why a sentence */
    record Failed<T>(String why) implements Outcome<T> {}

    /** @return the outcomes in the order of the tasks; at most {@code bound} of them run at the same time */
    static <T> List<Outcome<T>> all(int bound, List<Callable<T>> tasks) throws InterruptedException {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(bound, Thread.ofVirtual().factory())) {
            List<Future<T>> running = threads.invokeAll(tasks);
            List<Outcome<T>> outcomes = new ArrayList<>(running.size());
            for (Future<T> future : running) {
                outcomes.add(outcome(future));
            }
            return outcomes;
        }
    }

    private static <T> Outcome<T> outcome(Future<T> future) throws InterruptedException {
        try {
            return new Done<>(future.get());
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case PlayException known -> new Failed<>(String.valueOf(known.getMessage()));
                case InterruptedException stopped -> throw stopped;
                case null -> throw new IllegalStateException(e);
                case Throwable bug -> throw new IllegalStateException(bug);
            };
        }
    }
}
