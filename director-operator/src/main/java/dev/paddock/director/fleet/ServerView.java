package dev.paddock.director.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A server of this director at one moment.
 *
 * @param template null as long as its backend has not said
 * @param since when it came into this phase
 * @param takenAt when it was taken from among the standbys; null: it was not
 */
public record ServerView(
        String serverId,
        String mode,
        @Nullable String template,
        Phase phase,
        @Nullable String matchId,
        Instant since,
        @Nullable Instant takenAt) {}
