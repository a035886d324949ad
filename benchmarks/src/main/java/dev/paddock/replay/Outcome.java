package dev.paddock.replay;

import dev.paddock.manager.ticket.Ticket;
import java.time.Instant;
import java.util.List;

/**
 * What became of recorded tickets.
 *
 * @param tickets all that came
 * @param left how many were taken back while they waited
 * @param expired how many waited for as long as they may
 * @param waiting how many still waited at the end
 */
record Outcome(List<Made> matches, int tickets, int players, int left, int expired, int waiting) {
    /** A match, and when it was formed. */
    record Made(Instant at, Contender.Group group) {
        List<Ticket> tickets() {
            return group.tickets();
        }
    }
}
