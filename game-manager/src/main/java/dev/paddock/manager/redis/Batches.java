package dev.paddock.manager.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Sends calls that wait at the same time as one. A call that comes alone goes at once; while {@link #SENDERS} batches are
 * under way those that come are collected, and go when the first of these is answered. So nothing is held back to fill a
 * batch, and the busier it gets the less each call costs.
 *
 * @param <Q> one call
 * @param <A> its answer
 */
public final class Batches<Q, A> {
    /** Batches under way at a time: one is written, or answered, while Redis works on the other. */
    private static final int SENDERS = 2;

    private final Function<List<Q>, List<A>> send;
    private final int most;
    private final Queue<Call<Q, A>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger senders = new AtomicInteger();

    /**
     * @param most calls in one batch
     * @param send answers each call, in their order; what it throws, all of them get
     */
    public Batches(int most, Function<List<Q>, List<A>> send) {
        this.most = most;
        this.send = send;
    }

    /** Waits for the answer. */
    public A call(Q question) {
        Call<Q, A> call = new Call<>(question, new CompletableFuture<>());
        waiting.add(call);
        begin();
        return await(call.answer());
    }

    /** How many calls wait to be sent. */
    int waiting() {
        return waiting.size();
    }

    private void begin() {
        int now = senders.get();
        while (now < SENDERS && !waiting.isEmpty()) {
            if (senders.compareAndSet(now, now + 1)) {
                Thread.ofVirtual().name("batches").start(this::sendAll);
                return;
            }
            now = senders.get();
        }
    }

    private void sendAll() {
        for (List<Call<Q, A>> batch = next(); !batch.isEmpty(); batch = next()) {
            send(batch);
        }
        senders.decrementAndGet();
        // One that came after the last look found all senders at work.
        begin();
    }

    private List<Call<Q, A>> next() {
        List<Call<Q, A>> batch = new ArrayList<>();
        while (batch.size() < most) {
            Call<Q, A> call = waiting.poll();
            if (call == null) {
                break;
            }
            batch.add(call);
        }
        return batch;
    }

    private void send(List<Call<Q, A>> batch) {
        try {
            List<A> answers = send.apply(batch.stream().map(Call::question).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer().complete(answers.get(i));
            }
        } catch (RuntimeException e) {
            batch.forEach(call -> call.answer().completeExceptionally(e));
        }
    }

    private static <A> A await(CompletableFuture<A> answer) {
        try {
            // Longer than what a batch waits for, and the one before it: they say better what is wrong.
            return answer.get(Redis.TIMEOUT.multipliedBy(3).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw Failures.translated(e.getCause());
        } catch (TimeoutException e) {
            throw new RedisUnavailableException("no answer to a batch in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisUnavailableException("interrupted while waiting for Redis", e);
        }
    }

    private record Call<Q, A>(Q question, CompletableFuture<A> answer) {}
}
