package dev.paddock.manager.matchmaking;

import java.util.Map;

/**
 * What a mode's queue looks like to its lease holder at this moment.
 *
 * @param tickets that wait
 * @param players that wait, in these tickets
 * @param returned tickets that were matched before and wait again
 * @param waitedMs how long those who wait now have waited: by percentile, {@code p50}, {@code p95}, {@code p99}, {@code max}
 * @param pairs pairs of waiting tickets that were looked at, evenly picked from the queue, at most {@link #MOST_PAIRS}
 * @param rejections by rule ({@code rank}, {@code latency}, {@code attributes}, {@code avoid}, {@code teamSize}) so many of
 *     these pairs fail by it; one pair can fail by several
 * @param fits so many of these pairs fail by none: high numbers mean that players are missing, not that rules are narrow
 */
public record QueueNumbers(
        int tickets,
        int players,
        int returned,
        Map<String, Long> waitedMs,
        int pairs,
        Map<String, Integer> rejections,
        int fits) {
    /** The bound on what one question costs. */
    public static final int MOST_PAIRS = 10_000;

    /** Of so many tickets the percentiles of {@code waitedMs} are taken, evenly picked; {@code max} is that of all. */
    public static final int MOST_WAITED = 10_000;

    public QueueNumbers {
        waitedMs = Map.copyOf(waitedMs);
        rejections = Map.copyOf(rejections);
    }
}
