package dev.paddock.protocol.mode;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paddock.protocol.DurationText;
import java.time.Duration;

/**
 * The deadlines of a match.
 *
 * @param readyWithin from the request until a server that stood by must be ready; then another server is asked for. One that
 *     is started for the match is waited for as long as its director's {@code start-within}
 * @param startTries how many servers are asked for before the tickets go back to the queue
 * @param joinWithin from ready until the first player must have joined; else the server gives the match up
 * @param longest from ready until the server must have ended the match
 */
public record MatchLimits(
        @JsonProperty(required = true) @DurationText.Written Duration readyWithin,
        @JsonProperty(required = true) int startTries,
        @JsonProperty(required = true) @DurationText.Written Duration joinWithin,
        @JsonProperty(required = true) @DurationText.Written Duration longest) {
    public MatchLimits {
        if (readyWithin.isNegative() || readyWithin.isZero()) {
            throw new IllegalArgumentException("limits.readyWithin must be positive");
        }
        if (startTries < 1 || startTries > 10) {
            throw new IllegalArgumentException("limits.startTries must be 1 to 10, is " + startTries);
        }
        if (joinWithin.isNegative() || joinWithin.isZero()) {
            throw new IllegalArgumentException("limits.joinWithin must be positive");
        }
        if (longest.compareTo(joinWithin) <= 0) {
            throw new IllegalArgumentException("limits.longest must be more than limits.joinWithin");
        }
    }
}
