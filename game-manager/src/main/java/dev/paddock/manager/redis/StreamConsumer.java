package dev.paddock.manager.redis;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on a Redis Stream as one member of a consumer group: every entry is given to the work at least once, on a
 * virtual thread, at most {@link Group#most} at a time. The work takes an entry off with {@link Redis#finish} when it is
 * done. What was not taken off (the work failed, the replica was killed) comes again to some member of the group once it
 * was idle for {@link Group#idle}. Goes on after Redis was away, and makes the group anew if Redis came back empty.
 *
 * <pre>
 * next (waits) ─┐
 *               ├─▶ place free? ─▶ virtual thread: work ─▶ Redis.finish
 * claim (idle) ─┘
 * </pre>
 */
public final class StreamConsumer implements AutoCloseable {
    /** The longest wait inside Redis, and so the longest that {@link #close} waits for the reader. */
    private static final Duration READ = Duration.ofMillis(500);

    private static final Duration PAUSE_AFTER_ERROR = Duration.ofMillis(250);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(StreamConsumer.class);

    private final Redis redis;
    private final Group group;
    private final Consumer<StreamEntry> work;
    private final Semaphore places;
    private final Set<String> inWork = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread reader;

    private StreamConsumer(Redis redis, Group group, Consumer<StreamEntry> work) {
        this.redis = redis;
        this.group = group;
        this.work = work;
        this.places = new Semaphore(group.most);
        this.reader = Thread.ofVirtual().name("stream " + group.stream).unstarted(this::read);
    }

    /** Starts to work, until closed. Redis need not be there yet. */
    public static StreamConsumer start(Redis redis, Group group, Consumer<StreamEntry> work) {
        StreamConsumer consumer = new StreamConsumer(redis, group, work);
        consumer.reader.start();
        return consumer;
    }

    /** Takes no more entries; returns at once. Of many, each is told so before the first is waited for. */
    public void stop() {
        closed.countDown();
    }

    /** Takes no more entries, and waits (a bounded time) for the work that has begun. */
    @Override
    public void close() {
        stop();
        try {
            if (!reader.join(LONGEST_CLOSE)) {
                LOG.warn("the reader did not end stream={}", group.stream);
            }
            workers.shutdown();
            if (!workers.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                // Another replica takes over what is left, once it is idle.
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        long lastClaim = System.nanoTime() - group.idle.toNanos();
        Streams streams = null;
        boolean failed = false;
        while (closed.getCount() > 0) {
            try {
                if (streams == null) {
                    streams = redis.openStreams();
                    streams.createGroup(group.stream, group.name);
                }
                if (System.nanoTime() - lastClaim >= group.idle.toNanos()) {
                    lastClaim = System.nanoTime();
                    give(streams.claim(group.stream, group.name, group.consumer, group.idle, freePlaces()));
                }
                give(streams.next(group.stream, group.name, group.consumer, freePlaces(), READ));
                failed = false;
            } catch (Exception e) {
                // Once for each outage, not four times a second.
                if (!failed) {
                    LOG.warn("reading will be tried again stream={} why={}", group.stream, e.toString());
                }
                failed = true;
                close(streams);
                streams = null;
                pause();
            }
        }
        close(streams);
    }

    /** Waits for at least one free place, so that no entry is fetched only to lie here while others could have it. */
    private int freePlaces() throws InterruptedException {
        places.acquire();
        places.release();
        return Math.max(1, places.availablePermits());
    }

    private void give(List<StreamEntry> entries) throws InterruptedException {
        for (StreamEntry entry : entries) {
            // Work that takes longer than `idle` comes back by claim while it still goes on here.
            if (!inWork.add(entry.id())) {
                continue;
            }
            places.acquire();
            workers.execute(() -> workOn(entry));
        }
    }

    private void workOn(StreamEntry entry) {
        try {
            work.accept(entry);
        } catch (Exception e) {
            LOG.warn("an entry will come again stream={} entry={}", group.stream, entry.id(), e);
        } finally {
            inWork.remove(entry.id());
            places.release();
        }
    }

    private void pause() {
        try {
            if (closed.await(PAUSE_AFTER_ERROR.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("closed while Redis was away stream={}", group.stream);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(@Nullable Streams streams) {
        if (streams != null) {
            streams.close();
        }
    }

    /**
     * Which stream, and as whom.
     *
     * @param stream key
     * @param name the group's, the same on every replica
     * @param consumer this replica's, unlike every other's
     * @param most entries worked on at the same time
     * @param idle after which an unfinished entry of another member is taken over: longer than the work takes
     */
    public record Group(String stream, String name, String consumer, int most, Duration idle) {
        public Group {
            if (most < 1) {
                throw new IllegalArgumentException("most must be at least 1, is " + most);
            }
        }
    }
}
