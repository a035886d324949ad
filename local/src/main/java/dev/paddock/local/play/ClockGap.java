package dev.paddock.local.play;

import dev.paddock.local.play.Player.Queued;
import java.time.Duration;
import java.util.List;

/**
 * How far the platform's clock is ahead of this machine's. A ticket was made between its request and its answer; where
 * the clocks agree, its time lies between the two.
 */
final class ClockGap {
    /** Times are cut to milliseconds somewhere on the way. */
    private static final Duration ROUNDING = Duration.ofMillis(2);

    private ClockGap() {}

    /** Zero unless the clocks certainly differ; then the middle of what is possible. */
    static Duration of(List<Queued> tickets) {
        Duration least = null;
        Duration most = null;
        for (Queued ticket : tickets) {
            Duration low = Duration.between(ticket.answered(), ticket.createdAt());
            Duration high = Duration.between(ticket.asked(), ticket.createdAt());
            least = least == null || low.compareTo(least) > 0 ? low : least;
            most = most == null || high.compareTo(most) < 0 ? high : most;
        }
        if (least == null || most == null) {
            return Duration.ZERO;
        }
        boolean agree = least.compareTo(ROUNDING) <= 0 && most.compareTo(ROUNDING.negated()) >= 0;
        return agree ? Duration.ZERO : least.plus(most).dividedBy(2);
    }
}
