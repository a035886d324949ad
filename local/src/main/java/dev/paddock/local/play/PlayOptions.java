package dev.paddock.local.play;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for.
 *
 * @param url scheme, host and port of a manager
 * @param players how many play at once, a multiple of the mode's players
 * @param repeat how many matches each of them plays
 * @param pause between matches
 * @param region the only region that tickets name, or null for all
 * @param patience how long a player waits to be matched, and after the race to be told its end
 * @param seed of the reaction times
 */
record PlayOptions(
        URI url,
        String mode,
        int players,
        int repeat,
        Until until,
        Duration pause,
        @Nullable String region,
        Duration patience,
        long seed) {}
