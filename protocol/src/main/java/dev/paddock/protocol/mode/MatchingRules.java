package dev.paddock.protocol.mode;

import java.time.Duration;

/**
 * Who may meet whom: the {@code matching} section of a mode, the same words in YAML, in the custom resource and here.
 *
 * @param teams how a match is divided
 * @param rank how far apart two players' ratings may be
 * @param latency how far, in milliseconds, a player may be from the region; a player who named no latency fits every
 *     region, at the mode's {@code latency.start}
 * @param ticketLifetime how long a ticket waits before it ends as expired
 */
public record MatchingRules(Teams teams, Window rank, Window latency, Duration ticketLifetime) {
    public MatchingRules {
        if (ticketLifetime.compareTo(Duration.ofSeconds(1)) < 0 || ticketLifetime.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("ticketLifetime must be 1s to 24h");
        }
    }
}
