package dev.paddock.protocol.queue;

import java.util.Map;

/**
 * Why a ticket is not matched yet: how many other waiting tickets stand apart from it, rule by rule. One that stands apart
 * by several rules counts for each of them.
 *
 * @param lookedAt others that these numbers are about: all, or a bounded number, evenly picked, of a long queue
 * @param fit others whom no rule keeps apart from it
 * @param rank others too far off in rating, by its window or by theirs
 * @param latency others with whom it has no region in which both can play now
 * @param attributes others who differ in an attribute that must be equal
 * @param avoid others whom it must not meet
 * @param roles others who cannot play the roles that are missing among those who fit; 0 if none is missing
 * @param teamSize others, parties, for whom there is no place beside it
 * @param missingPlayers so many more who fit are needed at least; 0: there are enough, but not all of them fit each other
 * @param missingRoles by role, so many more are needed among those who fit
 */
public record WhyNot(
        int lookedAt,
        int fit,
        int rank,
        int latency,
        int attributes,
        int avoid,
        int roles,
        int teamSize,
        int missingPlayers,
        Map<String, Integer> missingRoles) {
    public WhyNot {
        missingRoles = Map.copyOf(missingRoles);
    }
}
