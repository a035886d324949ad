package dev.paddock.manager.outlook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a match that was formed.
 *
 * @param waitedMs of each of its tickets
 * @param ratingDifference between its strongest and its weakest ticket
 * @param teamDifference between the mean ratings of its strongest and its weakest team
 * @param worstLatencyMs of the player who is worst off in its region; null: nobody named one
 */
public record FormedFigures(
        List<Long> waitedMs,
        double ratingDifference,
        double teamDifference,
        @Nullable Integer worstLatencyMs) {
    public FormedFigures {
        waitedMs = List.copyOf(waitedMs);
    }
}
