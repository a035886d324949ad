package dev.paddock.director.fleet;

import dev.paddock.protocol.match.MatchEvent;

/** What follows from time going by. */
public sealed interface Consequence {
    /** A match has lost its server. */
    record Tell(MatchEvent.Failed event) implements Consequence {}

    /** A standby did not come up: wait before the next one. */
    record StandbyFailed(String mode, String template, String serverId, String why) implements Consequence {}

    /** Nobody waits for this server any more, and it does not leave by itself. */
    record Stop(String serverId, String why) implements Consequence {}
}
