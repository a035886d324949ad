package dev.paddock.gameserver.channel;

/** A token bucket: so many a second for long, twice as many at once. Not for use by two threads. */
final class RateLimit {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private double tokens;
    private long last;

    RateLimit(int perSecond, long nanoTime) {
        this.perSecond = perSecond;
        this.tokens = 2.0 * perSecond;
        this.last = nanoTime;
    }

    /** Whether one more is within the limit. */
    boolean take(long nanoTime) {
        tokens = Math.min(2.0 * perSecond, tokens + (nanoTime - last) / NANOS * perSecond);
        last = nanoTime;
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }
}
