package dev.paddock.director.fleet;

import dev.paddock.protocol.Stop;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One match in a {@link ServerBook}; touched under the book's lock alone. */
final class KnownMatch {
    final String matchId;
    final Instant since;
    final Map<Stop, Instant> stops = new EnumMap<>(Stop.class);
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
        stops.clear();
    }

    void giveTo(String server, boolean isStandby) {
        serverId = server;
        standby = isStandby;
        stops.clear();
    }
}
