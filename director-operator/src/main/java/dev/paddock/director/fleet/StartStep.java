package dev.paddock.director.fleet;

import dev.paddock.protocol.match.StartReply;

/** What to do about "a server for this match". */
public sealed interface StartStep {
    /** It is known: say so. */
    record Answer(StartReply reply) implements StartStep {}

    /** Ask this standby, which nobody else is given meanwhile. */
    record Take(String serverId) implements StartStep {}

    /** Start a server of this id for it. */
    record Launch(String serverId) implements StartStep {}

    /** Not known for sure at this moment; the asker asks again. */
    record Silence() implements StartStep {}
}
