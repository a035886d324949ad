package dev.paddock.manager.redis;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeoutException;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Function;

/**
 * Token buckets that all replicas share: each holds as many tokens as it gets in a minute, and gets them evenly. A bucket
 * lives in Redis until it would be full again.
 */
@Singleton
public final class SharedBuckets implements AutoCloseable {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final StatefulConnection<String, byte[]> connection;
    private final ProxyManager<String> buckets;

    SharedBuckets(Connections connections) {
        Connections.Buckets opened = connections.openBuckets();
        this.connection = opened.connection();
        this.buckets = opened.builder()
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofSeconds(10)))
                .requestTimeout(Redis.TIMEOUT)
                .build();
    }

    /** Takes a token; how long until there is one again, zero if there was one. */
    public Duration take(String key, int perMinute) {
        ConsumptionProbe probe = call(key, perMinute, bucket -> bucket.tryConsumeAndReturnRemaining(1));
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
    }

    /** Gives back a token that was taken for something that does not count. */
    public void putBack(String key, int perMinute) {
        call(key, perMinute, bucket -> {
            bucket.addTokens(1);
            return true;
        });
    }

    @Override
    @PreDestroy
    public void close() {
        connection.close();
    }

    private <T> T call(String key, int perMinute, Function<BucketProxy, T> what) {
        BucketConfiguration limit = BucketConfiguration.builder()
                .addLimit(bandwidth -> bandwidth.capacity(perMinute).refillGreedy(perMinute, MINUTE))
                .build();
        try {
            return what.apply(buckets.getProxy(key, () -> limit));
        } catch (RedisException e) {
            throw Failures.translated(e);
        } catch (TimeoutException e) {
            throw new RedisUnavailableException("no answer in time", e);
        }
    }
}
