package dev.paddock.manager.mode;

import dev.paddock.manager.bus.Bus;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.mode.Mode;
import dev.paddock.protocol.mode.Region;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the KV buckets in which directors publish modes and regions. A bucket that is not there yet is asked for again
 * every {@link #RETRY}. A watch is begun anew every {@link #RENEW}: one that died with a NATS node would stay silent,
 * and looks like a bucket in which nothing changes.
 */
@Context
final class BucketWatch implements AutoCloseable {
    static final Duration RETRY = Duration.ofMillis(500);
    static final Duration RENEW = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(BucketWatch.class);

    private final Bus bus;
    private final Modes modes;
    private final Regions regions;
    private final CountDownLatch closed = new CountDownLatch(1);

    BucketWatch(Bus bus, Modes modes, Regions regions) {
        this.bus = bus;
        this.modes = modes;
        this.regions = regions;
    }

    @PostConstruct
    void start() {
        follow(Subjects.MODES_BUCKET, change(Mode.class, modes::put, modes::remove));
        follow(Subjects.REGIONS_BUCKET, change(Region.class, regions::put, regions::remove));
    }

    @Override
    @PreDestroy
    public void close() {
        closed.countDown();
    }

    private void follow(String bucket, BiConsumer<String, byte @Nullable []> onChange) {
        Thread.ofVirtual().name("watch " + bucket).start(() -> {
            boolean missing = false;
            while (closed.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
                Bus.Subscription watch = null;
                try {
                    watch = bus.watch(bucket, onChange);
                    missing = false;
                    pause(RENEW);
                } catch (Exception e) {
                    if (!missing) {
                        LOG.warn("a bucket cannot be watched yet bucket={} why={}", bucket, e.toString());
                    }
                    missing = true;
                    pause(RETRY);
                } finally {
                    end(watch, bucket);
                }
            }
        });
    }

    /** A value that cannot be read leaves what was there before: better the old rules than none. */
    private static <T> BiConsumer<String, byte @Nullable []> change(
            Class<T> type, Consumer<T> put, Consumer<String> remove) {
        return (key, value) -> {
            if (value == null) {
                remove.accept(key);
                return;
            }
            try {
                put.accept(Json.read(value, type));
            } catch (MalformedException e) {
                LOG.warn("a {} was published that cannot be used key={}", type.getSimpleName(), key, e);
            }
        };
    }

    private void pause(Duration longest) {
        try {
            if (closed.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("closed while it paused");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Bus.@Nullable Subscription watch, String bucket) {
        if (watch == null) {
            return;
        }
        try {
            watch.close();
        } catch (IllegalStateException e) {
            // NATS is away: the server has forgotten the watch already.
            LOG.debug("a watch ended by itself bucket={}", bucket, e);
        }
    }
}
