package dev.paddock.manager.ticket;

import dev.paddock.manager.mode.Modes;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.mode.Mode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repairs what a crash between two steps left, or what Redis lost: a ticket that waits, or whose match is live, without a
 * claim gets it again; one that waits while its player holds another ticket is cancelled. A claim without a ticket needs no
 * repair: it ages out, or is taken over. Run by the holder of a mode's lease for those who wait, and with each look at a
 * live match for those who play.
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
        if (isFor(ticket.ticketId(), held)) {
            return;
        }
        // By now the ticket may have ended, and its claim rightly be gone.
        Ticket now = tickets.find(mode.name(), ticket.ticketId()).orElse(ticket);
        if (now.state() != TicketState.WAITING) {
            return;
        }
        switch (take(mode, place.playerId(), ticket.ticketId())) {
            case Claims.Taking.Taken ignored -> taken(mode, place.playerId(), ticket.ticketId());
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

    /**
     * Gives the players of a live match their claims back where Redis has lost them: they could queue for a second match.
     *
     * @param ticketIds by player
     */
    public void keep(String modeName, Map<String, String> ticketIds) {
        Mode mode = modes.known(modeName).orElse(null);
        if (mode == null) {
            return;
        }
        List<String> playerIds = List.copyOf(ticketIds.keySet());
        List<@Nullable String> held = claims.of(playerIds);
        for (int i = 0; i < playerIds.size(); i++) {
            String playerId = playerIds.get(i);
            String ticketId = ticketIds.getOrDefault(playerId, "");
            // A ticket that was quicker is left alone: its player was told that it is queued.
            if (!isFor(ticketId, held.get(i))) {
                keep(mode, playerId, ticketId);
            }
        }
    }

    private void keep(Mode mode, String playerId, String ticketId) {
        try {
            if (take(mode, playerId, ticketId) instanceof Claims.Taking.Taken) {
                taken(mode, playerId, ticketId);
            }
        } catch (RuntimeException e) {
            tickets.lookLater(List.of(playerId), mode.name(), ticketId);
            throw e;
        }
    }

    private static boolean isFor(String ticketId, @Nullable String held) {
        return held != null && Claim.of(held).ticketId().equals(ticketId);
    }

    /** Also from a ticket that is over: Redis may have forgotten that its claim was given back. */
    private Claims.Taking take(Mode mode, String playerId, String ticketId) {
        Claims.Taking taking = claims.take(playerId, mode, ticketId, null);
        return taking instanceof Claims.Taking.Held held && tickets.judge(held) == null
                ? claims.take(playerId, mode, ticketId, held.by())
                : taking;
    }

    /** The ticket, or its match, may have ended between the look at it and the claim. */
    private void taken(Mode mode, String playerId, String ticketId) {
        Ticket now = tickets.find(mode.name(), ticketId).orElse(null);
        if (now == null || tickets.isOver(now)) {
            claims.release(playerId, ticketId);
            return;
        }
        LOG.warn("a claim was lost and is back mode={} ticketId={}", mode.name(), ticketId);
        // Whoever looked meanwhile was told that there is none.
        tickets.tell(now);
    }
}
