package dev.paddock.protocol.frame;

import dev.paddock.protocol.queue.Outlook;
import dev.paddock.protocol.queue.WaitEstimate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as its player sees it.
 *
 * @param waitedMs how long it has waited, or had waited when it ended
 * @param matchId once {@code MATCHED}
 * @param reason why it was {@code CANCELLED}, if not by a player's own call: {@code party-changed}, {@code not-accepted},
 *     {@code declined}, {@code no-socket}, {@code second-ticket}
 * @param estimate how much longer it will wait; only while it waits, and if that is known
 * @param outlook how it stands with it; only while it waits, and only to who asks for it
 */
public record TicketView(
        String ticketId,
        String mode,
        TicketState state,
        Instant createdAt,
        long waitedMs,
        @Nullable String matchId,
        @Nullable String reason,
        @Nullable WaitEstimate estimate,
        @Nullable Outlook outlook) {
    /** Of which no more is known than what the ticket itself says. */
    public TicketView(
            String ticketId,
            String mode,
            TicketState state,
            Instant createdAt,
            long waitedMs,
            @Nullable String matchId,
            @Nullable String reason) {
        this(ticketId, mode, state, createdAt, waitedMs, matchId, reason, null, null);
    }

    /** The same, and what may be expected. */
    public TicketView expecting(@Nullable WaitEstimate wait, @Nullable Outlook standing) {
        return new TicketView(ticketId, mode, state, createdAt, waitedMs, matchId, reason, wait, standing);
    }
}
