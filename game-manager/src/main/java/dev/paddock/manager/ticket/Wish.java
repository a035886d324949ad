package dev.paddock.manager.ticket;

import dev.paddock.protocol.match.Loadout;
import dev.paddock.protocol.mode.Mode;
import java.util.Map;

/**
 * What becomes a ticket.
 *
 * @param ticketId the same for the same request said again
 * @param latencies by known region, ms; empty: none were measured
 */
public record Wish(
        String ticketId,
        String playerId,
        String name,
        Mode mode,
        double rating,
        Map<String, Integer> latencies,
        Loadout loadout) {
    public Wish {
        latencies = Map.copyOf(latencies);
    }
}
