package dev.paddock.manager.ticket;

import dev.paddock.protocol.match.Loadout;
import java.util.List;
import java.util.Map;

/**
 * One player of a {@link Ticket}.
 *
 * @param rating the mean of what is known of the player's strength, as it was when the ticket was queued
 * @param latencies by region, in milliseconds; empty: fits every region (see {@code Pool})
 * @param roles that the player can play, the favourite first; empty: none that a mode asks for
 * @param avoids ids of players whom this one never wants to meet
 * @param uncertainty standard deviation of the rating, as it was when the ticket was queued; 0: the rating is certain
 */
public record TicketPlayer(
        String playerId,
        String name,
        double rating,
        Map<String, Integer> latencies,
        Loadout loadout,
        List<String> roles,
        List<String> avoids,
        Double uncertainty) {
    public TicketPlayer {
        latencies = Map.copyOf(latencies);
        roles = roles == null ? List.of() : List.copyOf(roles);
        avoids = avoids == null ? List.of() : List.copyOf(avoids);
        uncertainty = uncertainty == null ? 0.0 : uncertainty;
    }

    /** A player without roles, who avoids nobody. */
    public TicketPlayer(String playerId, String name, double rating, Map<String, Integer> latencies, Loadout loadout) {
        this(playerId, name, rating, latencies, loadout, List.of(), List.of());
    }

    /** A player whose rating is certain. */
    public TicketPlayer(
            String playerId,
            String name,
            double rating,
            Map<String, Integer> latencies,
            Loadout loadout,
            List<String> roles,
            List<String> avoids) {
        this(playerId, name, rating, latencies, loadout, roles, avoids, 0.0);
    }

    /** The same player, whose rating is so uncertain. */
    public TicketPlayer unsureBy(double points) {
        return new TicketPlayer(playerId, name, rating, latencies, loadout, roles, avoids, points);
    }

    /** The same player, who avoids these and no others. */
    TicketPlayer avoiding(List<String> avoided) {
        return new TicketPlayer(playerId, name, rating, latencies, loadout, roles, avoided, uncertainty);
    }
}
