package dev.paddock.director.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One match in a {@link ServerBook}; touched under the book's lock alone. */
final class KnownMatch {
    final String matchId;
    final Instant since;
    /** 0: only its server spoke of it, no manager asked here. */
    int attempt;

    int takes;
    boolean standby;

    @Nullable
    String serverId;

    KnownMatch(String matchId, Instant now) {
        this.matchId = matchId;
        this.since = now;
    }

    /** A new attempt, with nothing of the one before. */
    void begin(int newAttempt) {
        attempt = newAttempt;
        takes = 0;
        serverId = null;
    }

    void giveTo(String server, boolean isStandby) {
        serverId = server;
        standby = isStandby;
    }
}
