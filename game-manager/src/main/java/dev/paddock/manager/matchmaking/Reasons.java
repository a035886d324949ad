package dev.paddock.manager.matchmaking;

import java.util.Map;

/**
 * Why a ticket is not matched yet: it, against the others that wait, as the rules stand at this moment. Of a queue that is
 * longer than {@link #MOST_LOOKED_AT} only so many others are looked at, evenly picked; {@code lookedAt} says how many. A
 * ticket that fails by several rules is counted by each of them.
 *
 * @param position in the order in which tickets choose, the first is 1
 * @param waiting tickets in the queue, this one too
 * @param windowRank how far from its own rating another's may be now
 * @param windowLatency by region, how many milliseconds the ticket takes now; the regions in which it can ever play
 * @param lookedAt others that the counts below are about
 * @param fits others with whom no rule stands in the way
 * @param rank others too far off in rating, by this ticket's window or by theirs
 * @param latency others with whom it has no region in which both can play now
 * @param attributes others who differ in an attribute that must be equal
 * @param avoid others that it must not meet, or who must not meet it
 * @param roles others who cannot play the roles that are missing among those who fit; 0 if none is missing
 * @param teamSize others, parties, for whom there is no place beside this one
 * @param missingPlayers so many more who fit are needed for the smallest match that may start now, at least; 0: enough are
 *     there, but not all of them fit each other, or the matcher has not come to it yet
 * @param missingRoles by role, so many more are needed among those who fit
 */
public record Reasons(
        int position,
        int waiting,
        double windowRank,
        Map<String, Double> windowLatency,
        int lookedAt,
        int fits,
        int rank,
        int latency,
        int attributes,
        int avoid,
        int roles,
        int teamSize,
        int missingPlayers,
        Map<String, Integer> missingRoles) {
    /** The bound on what one question costs. */
    public static final int MOST_LOOKED_AT = 10_000;

    public Reasons {
        windowLatency = Map.copyOf(windowLatency);
        missingRoles = Map.copyOf(missingRoles);
    }
}
