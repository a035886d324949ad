package dev.paddock.protocol.match;

import java.util.List;

/**
 * How a match ended.
 *
 * @param standings every player of the match, best first; empty when {@code outcome} is not {@code FINISHED}
 */
public record MatchResult(Outcome outcome, List<Standing> standings) {
    public MatchResult {
        standings = List.copyOf(standings);
    }

    /** What kind of end it was. */
    public enum Outcome {
        /** Played to its end. */
        FINISHED,
        /** Nobody joined in time, or all left. */
        ABANDONED,
        /** Longer than the mode allows, or the server was told to stop. */
        STOPPED
    }
}
