package dev.paddock.manager.ticket;

/** What came of a cancellation. */
public sealed interface CancelResult {
    /** It does not wait any more, now or since an earlier cancellation. */
    record Cancelled(Ticket ticket) implements CancelResult {}

    /** It was matched, or expired, before. */
    record Ended(Ticket ticket) implements CancelResult {}

    /** The player has no such ticket. */
    record Unknown() implements CancelResult {}
}
