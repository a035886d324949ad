package dev.paddock.manager.match;

import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.StartReply;

/** What has just come to be known of a match: the second half of what {@link NextStep} decides by. */
sealed interface Seen {
    /** Nothing but that time has passed. */
    record TimePassed() implements Seen {}

    /** The director was asked and did not answer. */
    record NoAnswer() implements Seen {}

    /** The director was asked and answered. */
    record Answered(StartReply reply) implements Seen {}

    /** The director said so by itself: the server is gone, or none could be had. */
    record Failed(MatchEvent.Failed event) implements Seen {}
}
