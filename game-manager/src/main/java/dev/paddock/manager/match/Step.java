package dev.paddock.manager.match;

import dev.paddock.protocol.match.MatchEvent;
import java.time.Duration;

/** What to do next with a match. */
sealed interface Step {
    /** Ask the director for this attempt's server, again: it answers with the present state. */
    record Ask(int attempt) implements Step {}

    /** Give this attempt's server up, and ask for another one. */
    record AskForAnother(int attempt) implements Step {}

    /** The server is ready, the event was lost. */
    record Settle(MatchEvent.Ready ready) implements Step {}

    /** Ask the director what became of the server. */
    record CheckOn(String serverId) implements Step {}

    /** The match is over; the event was lost. */
    record End(MatchEvent.Ended ended) implements Step {}

    /** No server can be had: the tickets wait again. */
    record GiveUp(String why) implements Step {}

    /** The server died with the match. */
    record Lose(String serverId, String why) implements Step {}

    /** Not all have accepted in time. */
    record Lapse() implements Step {}

    /** Tell the players that they are asked. */
    record Remind(Duration left) implements Step {}

    /** Tell the players that the match will not be played. */
    record TellDissolved(String dissolved) implements Step {}

    /** Look again later. */
    record Wait(Duration delay) implements Step {}

    /** Nothing at all: the match is over. */
    record Rest() implements Step {}
}
