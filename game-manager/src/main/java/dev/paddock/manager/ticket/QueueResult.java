package dev.paddock.manager.ticket;

/** What came of a wish to play. */
public sealed interface QueueResult {
    /** The ticket waits. */
    record Queued(Ticket ticket) implements QueueResult {}

    /** The same was said before; this is what became of it. */
    record SaidBefore(Ticket ticket) implements QueueResult {}

    /** The player holds another ticket that waits, or is about to. */
    record AlreadyQueued(String ticketId, String mode) implements QueueResult {}

    /** The player is in a match that is not over. */
    record AlreadyInMatch(String ticketId, String mode) implements QueueResult {}

    /** This replica was held up for too long between the two steps; nothing was queued. */
    record TooLate() implements QueueResult {}

    /** More players queue than this replica, or the matcher, keeps up with; nothing was done. */
    record Busy() implements QueueResult {}

    /** Another member of the party has a ticket that waits, or is in a match that is not over; nothing was queued. */
    record MemberBusy(String playerId, String name, boolean plays) implements QueueResult {}
}
