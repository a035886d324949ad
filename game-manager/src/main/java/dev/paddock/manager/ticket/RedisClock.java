package dev.paddock.manager.ticket;

import dev.paddock.manager.redis.Redis;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The clock of Redis, as it was heard last, carried on by this process's own monotonic clock: good to about a round trip,
 * and costs none. All that is decided by such a time is decided inside Redis, against its own clock.
 */
final class RedisClock {
    private final Redis redis;
    private volatile @Nullable Heard heard;

    RedisClock(Redis redis) {
        this.redis = redis;
    }

    Instant now() {
        Heard last = heard;
        if (last == null) {
            heard(redis.time());
            last = heard;
        }
        return last == null ? redis.time() : last.at().plusNanos(System.nanoTime() - last.nanos());
    }

    void heard(Instant at) {
        heard = new Heard(at, System.nanoTime());
    }

    private record Heard(Instant at, long nanos) {}
}
