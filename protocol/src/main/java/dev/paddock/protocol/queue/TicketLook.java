package dev.paddock.protocol.queue;

import org.jspecify.annotations.Nullable;

/**
 * What the holder of a mode's lease says of a ticket.
 *
 * @param outlook null: it does not wait, or the holder has been asked too much to look
 * @param estimate how much longer it will wait; null: not known yet, too few have waited that long lately
 */
public record TicketLook(
        @Nullable Outlook outlook, @Nullable WaitEstimate estimate) {}
