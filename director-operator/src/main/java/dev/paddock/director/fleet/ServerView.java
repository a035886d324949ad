package dev.paddock.director.fleet;

import dev.paddock.director.key.PublicKey;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server of this director at one moment.
 *
 * @param template of what it runs
 * @param since when it came into this phase
 * @param ports by transport, as the server said; none before it spoke
 * @param connected how many players are connected
 * @param takenAt when it was taken from among the standbys; null: it was not
 * @param key that it has proven; null: it has not spoken
 * @param givenUp why it was told to end; null: it was not
 * @param takenOver whether another director has begun it
 * @param leaving whether its node takes no more servers
 */
public record ServerView(
        String serverId,
        String mode,
        String template,
        Phase phase,
        @Nullable String matchId,
        Instant since,
        Map<String, Integer> ports,
        int connected,
        @Nullable Instant takenAt,
        @Nullable PublicKey key,
        @Nullable GivenUp givenUp,
        boolean takenOver,
        boolean leaving) {}
