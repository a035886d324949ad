package dev.paddock.manager.ticket;

import dev.paddock.protocol.mode.Mode;
import java.util.List;
import java.util.Map;

/**
 * What becomes a ticket.
 *
 * @param ticketId the same for the same request said again
 * @param players one, or all of a party; the first one asks
 */
public record Wish(String ticketId, Mode mode, List<TicketPlayer> players, Map<String, String> attributes) {
    public Wish {
        players = List.copyOf(players);
        attributes = Map.copyOf(attributes);
    }

    /** The wish of one player, without attributes. */
    public static Wish of(String ticketId, Mode mode, TicketPlayer player) {
        return new Wish(ticketId, mode, List.of(player), Map.of());
    }

    /** The player who asks. */
    public String playerId() {
        return players.getFirst().playerId();
    }
}
