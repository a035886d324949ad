package dev.paddock.manager.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Counts requests by whoever sends them, in memory: {@code perSecond} for long, twice that at once. */
final class Flood {
    /** More senders than that, and those that were seen least are forgotten, which is to their favour. */
    private static final int MOST_SENDERS = 100_000;

    private final LoadingCache<String, Bucket> buckets;
    private final int perSecond;

    Flood(int perSecond, InstantSource time) {
        this.perSecond = perSecond;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_SENDERS)
                // Full again long before.
                .expireAfterAccess(Duration.ofSeconds(10))
                .build(sender -> Bucket.builder()
                        .addLimit(
                                limit -> limit.capacity(2L * perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .withCustomTimePrecision(new Time(time))
                        .build());
    }

    /** @throws ProblemException {@code too-many-requests} */
    void count(String sender) {
        ConsumptionProbe probe = buckets.get(sender).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS,
                    "At most " + perSecond + " requests a second.",
                    Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill())));
        }
    }

    private record Time(InstantSource source) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            Instant now = source.instant();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
