package dev.paddock.replay;

import dev.paddock.manager.recording.RecordedLine.Queued;
import dev.paddock.manager.recording.RecordedLine.RecordedPlayer;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.protocol.match.Loadout;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes tickets of recorded lines. */
final class RecordedTickets {
    /** Recordings have none, and no matcher looks at them. */
    private static final Loadout NONE = new Loadout("", List.of(), Map.of());

    private RecordedTickets() {}

    static Ticket ticket(String mode, Queued line) {
        Ticket ticket = Ticket.waiting(
                line.ticketId(),
                mode,
                line.waitsSince(),
                line.players().stream().map(RecordedTickets::player).toList(),
                orElse(line.attributes(), Map.of()));
        return Boolean.TRUE.equals(line.returned()) ? ticket.waitingAgain() : ticket;
    }

    private static TicketPlayer player(RecordedPlayer player) {
        return new TicketPlayer(
                player.playerId(),
                player.playerId(),
                player.rating(),
                orElse(player.latencies(), Map.of()),
                NONE,
                orElse(player.roles(), List.of()),
                orElse(player.avoids(), List.of()),
                orElse(player.uncertainty(), 0.0));
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
