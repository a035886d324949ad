package dev.paddock.protocol.mode;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * How far apart may be what is matched, wider the longer a ticket waits: {@code start + widenPerSecond × seconds},
 * never above {@code limit}. Used for ratings (rating points) and for latencies (milliseconds).
 */
public record Window(
        @JsonProperty(required = true) double start,
        @JsonProperty(required = true) double widenPerSecond,
        @JsonProperty(required = true) double limit) {
    public Window {
        if (!(start >= 0) || !(widenPerSecond >= 0) || !(limit >= start) || Double.isInfinite(limit)) {
            throw new IllegalArgumentException("a window needs 0 <= start <= limit and 0 <= widenPerSecond, is start="
                    + start + " widenPerSecond=" + widenPerSecond + " limit=" + limit);
        }
    }

    /** What {@link #millisUntil} answers for a width that is never reached. */
    public static final long NEVER = Long.MAX_VALUE;

    /** How wide it is after {@code waited}. */
    public double after(Duration waited) {
        double seconds = Math.max(0, waited.toNanos() / 1e9);
        return Math.min(limit, start + widenPerSecond * seconds);
    }

    /** How wide it is after waiting so many milliseconds; the same as {@link #after}, for those who ask very often. */
    public double afterMillis(long waitedMs) {
        return Math.min(limit, start + widenPerSecond * Math.max(0, waitedMs) / 1000);
    }

    /** How many milliseconds must be waited until it is {@code width} wide, or {@link #NEVER}. */
    public long millisUntil(double width) {
        if (width <= start) {
            return 0;
        }
        if (width > limit || widenPerSecond == 0) {
            return NEVER;
        }
        // A millionth of a millisecond forgives what division loses: 7110.000000001 ms are 7110.
        return (long) Math.ceil((width - start) / widenPerSecond * 1000 - 1e-6);
    }
}
