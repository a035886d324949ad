package dev.paddock.protocol.queue;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mode's queue, for operators.
 *
 * @param tickets that wait
 * @param players in these
 * @param returned tickets that were matched before and wait again
 * @param waitingMs how long those who wait have waited; null: nobody waits
 * @param recent what came of those who waited, lately and with this manager
 * @param rejections what keeps those who wait apart
 */
public record QueueReport(
        String mode,
        int tickets,
        int players,
        int returned,
        @Nullable Spread waitingMs,
        Recent recent,
        Rejections rejections) {

    /**
     * What came of tickets in the last hour, at most some hundreds of them: only of those that the answering manager has
     * matched. It begins anew when another manager takes over.
     *
     * @param matches that were formed
     * @param expired tickets that nobody was found for
     * @param waitedMs how long the tickets of these matches had waited
     * @param ratingDifference in a match, between the strongest and the weakest ticket
     * @param teamDifference in a match, between the mean ratings of the strongest and the weakest team
     * @param worstLatencyMs in a match, of the player who is worst off, of those who named latencies
     */
    public record Recent(
            int matches,
            int expired,
            @Nullable Spread waitedMs,
            @Nullable Spread ratingDifference,
            @Nullable Spread teamDifference,
            @Nullable Spread worstLatencyMs) {}

    /**
     * What keeps waiting tickets apart, pair by pair.
     *
     * @param pairs that were looked at: all, or a bounded number, evenly picked, of a long queue
     * @param fit pairs that nothing keeps apart
     * @param byRule by {@code rank}, {@code latency}, {@code attributes}, {@code avoid}, {@code teamSize}: pairs that this
     *     rule keeps apart; a pair can count for several
     */
    public record Rejections(int pairs, int fit, Map<String, Integer> byRule) {
        public Rejections {
            byRule = Map.copyOf(byRule);
        }
    }

    /** How figures are spread. */
    public record Spread(double p50, double p95, double p99, double max) {}
}
