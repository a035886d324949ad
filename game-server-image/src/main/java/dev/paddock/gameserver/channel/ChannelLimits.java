package dev.paddock.gameserver.channel;

import java.time.Duration;

/**
 * What one connection, and all together, may take.
 *
 * @param joinWithin from the TCP connection until the {@code Join} line
 * @param lineBytes of a line, without its line feed
 * @param linesPerSecond that a joined player may send, for long; twice as many at once
 * @param connectionsPerSecond that are let in before they joined, for long; twice as many at once
 * @param waitingBytes that wait for a slow reader before it is dropped
 * @param stalledFor how long a write may hang before the connection is cut
 * @param closingFor how long a connection that is being closed may take over it
 */
public record ChannelLimits(
        Duration joinWithin,
        int lineBytes,
        int linesPerSecond,
        int connectionsPerSecond,
        int waitingBytes,
        Duration stalledFor,
        Duration closingFor) {
    /** What docs/game-protocol.md says. */
    public static final ChannelLimits CONTRACT = new ChannelLimits(
            Duration.ofSeconds(5), 16 * 1024, 120, 50, 256 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(2));

    /** How many connections there may be at once, for a match of so many players (0: no match yet). */
    public int connections(int players) {
        return 4 * players + 16;
    }
}
