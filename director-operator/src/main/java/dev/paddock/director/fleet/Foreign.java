package dev.paddock.director.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Servers that speak on NATS and that no backend of this director has: those of a director with a folder of its own. What
 * they say cannot be checked here, so it is a reason to be silent and never to act. Touched under the book's lock alone.
 */
final class Foreign {
    /** Each server can speak only for itself, so that there are as many as there are servers; this bounds the memory. */
    static final int MOST = 10_000;

    private final Map<String, Speaker> speakers = new HashMap<>();

    void heard(String serverId, @Nullable String matchId, Instant now) {
        Speaker before = speakers.get(serverId);
        if (before == null && speakers.size() >= MOST) {
            return;
        }
        Instant since = before != null && Objects.equals(matchId, before.matchId()) ? before.since() : now;
        speakers.put(serverId, new Speaker(matchId, since, now));
    }

    boolean spokeSince(String serverId, Instant time) {
        Speaker speaker = speakers.get(serverId);
        return speaker != null && speaker.heardAt().isAfter(time);
    }

    /**
     * Whether a server has said for the first time, no longer ago than that, that it has this match. Its own director tells
     * the managers at once; after that while it must be away, and nobody else can say where players reach the server.
     */
    boolean hasNewly(String matchId, Instant now, Duration within) {
        Instant since = now.minus(within);
        return speakers.values().stream()
                .anyMatch(speaker ->
                        matchId.equals(speaker.matchId()) && speaker.since().isAfter(since));
    }

    void forgetBefore(Instant time) {
        speakers.values().removeIf(speaker -> speaker.heardAt().isBefore(time));
    }

    int size() {
        return speakers.size();
    }

    private record Speaker(@Nullable String matchId, Instant since, Instant heardAt) {}
}
