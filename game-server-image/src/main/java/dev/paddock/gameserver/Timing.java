package dev.paddock.gameserver;

import java.time.Duration;

/**
 * The SDK's own deadlines; the match's are in its {@code limits}.
 *
 * @param repeatEvery how far apart {@code ready} and {@code ended} are repeated until heard
 * @param heartbeatEvery how far apart heartbeats are
 * @param heardWithin how long {@code ended} is repeated; then the server exits unheard
 * @param emptyFor how long a match goes on after its last player left
 */
record Timing(Duration repeatEvery, Duration heartbeatEvery, Duration heardWithin, Duration emptyFor) {
    static final Timing CONTRACT =
            new Timing(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofMinutes(3), Duration.ofSeconds(15));
}
