package dev.paddock.bench;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sees matches in the stream that their consumers would read, and knows when each of their players had called. It takes
 * what it has seen off the stream, as consumers do; what that costs Redis is not counted to the queue.
 */
final class FormedWatch implements AutoCloseable {
    private static final String ID = "\"ticketId\":\"";
    private static final int ID_LENGTH = 26;
    private static final int MOST = 2000;

    private final StatefulRedisConnection<String, String> reading;
    private final StatefulRedisConnection<String, String> trimming;
    private final String stream;
    private final Map<String, Waiter> waiters = new ConcurrentHashMap<>();
    private final AtomicLong players = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;
    private volatile Samples sinceCall = new Samples(0);
    private volatile Samples sinceAnswer = new Samples(0);
    private volatile long lastSeen;
    private final AtomicLong reads = new AtomicLong();

    /** One who waits for a match. */
    static final class Waiter {
        private final long called;
        private volatile long answered;

        private Waiter(long called) {
            this.called = called;
        }

        void hasAnswer() {
            answered = System.nanoTime();
        }
    }

    FormedWatch(RedisClient client, String mode) {
        this.reading = client.connect();
        this.trimming = client.connect();
        this.stream = "paddock:{" + mode + "}:matches";
        this.thread = Thread.ofPlatform().name("formed").unstarted(this::read);
        thread.start();
    }

    static RedisClient client(URI redis) {
        return RedisClient.create(redis.toString());
    }

    /** Forgets what was measured. */
    void begin(int most) {
        waiters.clear();
        players.set(0);
        sinceCall = new Samples(most);
        sinceAnswer = new Samples(most);
    }

    /**
     * To be called right before the player's ticket is queued.
     *
     * @param planned when the player was to come
     */
    Waiter calls(String ticketId, long planned) {
        Waiter waiter = new Waiter(planned);
        waiters.put(ticketId, waiter);
        return waiter;
    }

    void refused(String ticketId) {
        waiters.remove(ticketId);
    }

    /** Players in matches that were seen. */
    long players() {
        return players.get();
    }

    /** How often it has asked Redis for matches, ever. */
    long reads() {
        return reads.get();
    }

    /** {@link System#nanoTime} when the last match was seen. */
    long lastSeen() {
        return lastSeen;
    }

    /** For each match, from when the last of its players called. */
    Samples.Sorted sinceCall() {
        return sinceCall.sorted();
    }

    /** For each match, from when the last of its players heard that the ticket waits; 0 if the match was quicker. */
    Samples.Sorted sinceAnswer() {
        return sinceAnswer.sorted();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reading.close();
        trimming.close();
    }

    private void read() {
        String last = "0-0";
        while (!closed) {
            try {
                List<StreamMessage<String, String>> entries = reading.sync()
                        .xread(XReadArgs.Builder.count(MOST).block(200), XReadArgs.StreamOffset.from(stream, last));
                reads.incrementAndGet();
                if (entries == null || entries.isEmpty()) {
                    continue;
                }
                long now = System.nanoTime();
                lastSeen = now;
                entries.forEach(entry -> seen(String.valueOf(entry.getBody().get("formed")), now));
                last = entries.getLast().getId();
                // Nobody waits for it.
                var _ = trimming.async()
                        .xtrim(
                                stream,
                                io.lettuce.core.XTrimArgs.Builder.minId(last).approximateTrimming());
            } catch (RedisException e) {
                if (!closed) {
                    throw e;
                }
            }
        }
    }

    private void seen(String formed, long now) {
        long called = Long.MIN_VALUE;
        long answered = Long.MIN_VALUE;
        for (int at = formed.indexOf(ID); at >= 0; at = formed.indexOf(ID, at + ID_LENGTH)) {
            String ticketId = formed.substring(at + ID.length(), at + ID.length() + ID_LENGTH);
            Waiter waiter = waiters.remove(ticketId);
            players.incrementAndGet();
            if (waiter == null) {
                continue;
            }
            called = Math.max(called, waiter.called);
            answered = Math.max(answered, waiter.answered == 0 ? now : waiter.answered);
        }
        if (called != Long.MIN_VALUE) {
            sinceCall.add(now - called);
            sinceAnswer.add(now - answered);
        }
    }
}
