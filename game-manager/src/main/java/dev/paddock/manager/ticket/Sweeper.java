package dev.paddock.manager.ticket;

import dev.paddock.manager.mode.Modes;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.mode.Mode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repairs what a crash between two steps left: a ticket that waits without a claim gets it again; one whose player holds
 * another ticket is cancelled. A claim without a ticket needs no repair: it ages out, or is taken over. Run by the
 * holder of a mode's lease.
 */
@Singleton
public final class Sweeper {
    /** How often a mode is swept, and how old a ticket is before it is looked at. */
    public static final Duration EVERY = Duration.ofSeconds(10);

    /** Reason of a ticket that is cancelled because its player holds another one. */
    private static final String SECOND = "second-ticket";

    private static final int CHUNK = 500;
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private final Claims claims;
    private final Tickets tickets;
    private final Modes modes;

    Sweeper(Claims claims, Tickets tickets, Modes modes) {
        this.claims = claims;
        this.tickets = tickets;
        this.modes = modes;
    }

    /** @param waiting tickets of one mode that have waited for at least {@link #EVERY} */
    public void sweep(String modeName, List<Ticket> waiting) {
        Mode mode = modes.known(modeName).orElse(null);
        if (mode == null) {
            return;
        }
        for (int from = 0; from < waiting.size(); from += CHUNK) {
            List<Ticket> chunk = waiting.subList(from, Math.min(waiting.size(), from + CHUNK));
            List<Held> places = chunk.stream()
                    .flatMap(ticket -> ticket.players().stream().map(player -> new Held(ticket, player.playerId())))
                    .toList();
            List<@Nullable String> held =
                    claims.of(places.stream().map(Held::playerId).toList());
            for (int i = 0; i < places.size(); i++) {
                repair(mode, places.get(i), held.get(i));
            }
        }
    }

    /** The place that a player of a ticket should hold. */
    private record Held(Ticket ticket, String playerId) {}

    private void repair(Mode mode, Held place, @Nullable String held) {
        Ticket ticket = place.ticket();
        if (held != null && Claim.of(held).ticketId().equals(ticket.ticketId())) {
            return;
        }
        // By now the ticket may have ended, and its claim rightly be gone.
        Ticket now = tickets.find(mode.name(), ticket.ticketId()).orElse(ticket);
        if (now.state() != TicketState.WAITING) {
            return;
        }
        switch (claims.take(place.playerId(), mode, ticket.ticketId(), null)) {
            case Claims.Taking.Taken ignored -> {
                LOG.warn("a claim was lost and is back mode={} ticketId={}", mode.name(), ticket.ticketId());
                releaseIfEnded(mode, place);
                // Whoever looked meanwhile was told that there is none.
                tickets.tell(now);
            }
            case Claims.Taking.Held other -> {
                LOG.warn(
                        "a second ticket is cancelled mode={} ticketId={} holds={}",
                        mode.name(),
                        ticket.ticketId(),
                        other.by().ticketId());
                tickets.cancel(ticket, SECOND);
            }
        }
    }

    /** The ticket may have been cancelled between the look at it and the claim. */
    private void releaseIfEnded(Mode mode, Held place) {
        Ticket ticket = place.ticket();
        boolean ended = tickets.find(mode.name(), ticket.ticketId())
                .map(now -> switch (now.state()) {
                    case WAITING, MATCHED -> false;
                    case CANCELLED, EXPIRED -> true;
                })
                .orElse(true);
        if (ended) {
            claims.release(place.playerId(), ticket.ticketId());
        }
    }
}
