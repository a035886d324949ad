package dev.paddock.manager.match;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a match stands, as Redis knows it: the first half of what {@link NextStep} decides by. */
sealed interface Phase {
    /**
     * No server yet.
     *
     * @param attempt the server that is being waited for is the match's first, second, …
     * @param tries how many are asked for before the match is given up
     * @param attemptAt when this attempt began
     * @param assignedTo the server that the director named for this attempt, if it did
     */
    record Forming(
            int attempt,
            int tries,
            Instant attemptAt,
            Duration readyWithin,
            @Nullable String assignedTo) implements Phase {
        boolean isLate(Instant now) {
            return !now.isBefore(attemptAt.plus(readyWithin));
        }
    }

    /** The players are being asked. */
    record Asking(Instant acceptBy) implements Phase {}

    /** Not all accepted, or no server could be had; whether the players have heard of it is not known. */
    record Untold(String dissolved) implements Phase {}

    /** Settled on a server, which must end the match within {@code longest}. */
    record Settled(String serverId, Instant settledAt, Duration longest) implements Phase {}

    /** Ended, cancelled, or so long ago that nobody knows it any more. */
    record Over() implements Phase {}
}
