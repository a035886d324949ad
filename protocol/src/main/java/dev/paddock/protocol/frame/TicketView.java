package dev.paddock.protocol.frame;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as its player sees it.
 *
 * @param waitedMs how long it has waited, or had waited when it ended
 * @param matchId once {@code MATCHED}
 * @param reason why it was {@code CANCELLED}, if not by a player's own call: {@code party-changed}, {@code not-accepted},
 *     {@code declined}, {@code no-socket}, {@code second-ticket}
 */
public record TicketView(
        String ticketId,
        String mode,
        TicketState state,
        Instant createdAt,
        long waitedMs,
        @Nullable String matchId,
        @Nullable String reason) {}
