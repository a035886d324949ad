package dev.paddock.protocol.queue;

import org.jspecify.annotations.Nullable;

/**
 * Manager → the holder of a mode's lease: how does it stand with this ticket? Answered with {@link TicketLook}.
 *
 * @param ticketId null: with one that would be queued now
 * @param waitedMs how long it has waited
 */
public record LookAtTicket(@Nullable String ticketId, long waitedMs) {}
