package dev.paddock.director.fleet;

import dev.paddock.protocol.match.MatchEvent;

/** What to do about something that a server said. */
public sealed interface EventStep {
    /** It need not say it again. */
    record AnswerHeard() implements EventStep {}

    /** Tell the managers; it is heard when one of them has heard it. */
    record Tell(MatchEvent event) implements EventStep {}

    /** Nothing to do; if it matters the server says it again. */
    record Leave() implements EventStep {}

    /** Not to be believed. */
    record Distrust(String why) implements EventStep {}

    /** A server that this book does not know: ask the backend. */
    record LookUp(String serverId) implements EventStep {}
}
