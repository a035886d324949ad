package dev.paddock.protocol.frame;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as its player sees it.
 *
 * @param waitedMs how long it has waited, or had waited when it ended
 * @param matchId once {@code MATCHED}
 */
public record TicketView(
        String ticketId,
        String mode,
        TicketState state,
        Instant createdAt,
        long waitedMs,
        @Nullable String matchId) {}
