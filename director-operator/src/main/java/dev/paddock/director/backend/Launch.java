package dev.paddock.director.backend;

import dev.paddock.director.key.ServerKey;
import dev.paddock.director.mode.KnownMode;
import dev.paddock.protocol.server.Assignment;
import java.util.Optional;

/**
 * A server that is to be started.
 *
 * @param credentials text of its {@code nats.creds}; empty: NATS asks for none
 * @param assignment its match, for a cold start; empty: a standby
 */
public record Launch(
        String serverId, KnownMode mode, ServerKey key, Optional<String> credentials, Optional<Assignment> assignment) {
    /** Never the credentials. */
    @Override
    public String toString() {
        return "Launch[" + serverId + ", " + mode.name() + "]";
    }
}
