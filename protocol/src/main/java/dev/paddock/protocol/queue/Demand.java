package dev.paddock.protocol.queue;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Manager → all directors, once a second for a mode that is played: how many servers it may need soon. Each manager speaks of
 * the matches that it asked a server for; a lost one is a second that nobody counts.
 *
 * @param formed by region: matches for which this manager asked for a server, since it last said so
 * @param waiting tickets that wait, in all regions; null: another manager holds the mode's queue
 */
public record Demand(
        String mode, Map<String, Integer> formed, @Nullable Integer waiting) {
    public Demand {
        formed = Map.copyOf(formed);
    }
}
