package dev.paddock.protocol.frame;

/** The life of a ticket: it waits, and ends exactly once. */
public enum TicketState {
    WAITING,
    MATCHED,
    CANCELLED,
    EXPIRED
}
