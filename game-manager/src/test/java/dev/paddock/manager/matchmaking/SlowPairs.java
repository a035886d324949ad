package dev.paddock.manager.matchmaking;

import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.MatchingRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** One against one as the rules say it, by looking at everybody: what {@link Pairs} must come to as well. */
final class SlowPairs {
    private static final Comparator<Ticket> BY_TURN = Comparator.comparing((Ticket ticket) -> !ticket.returned())
            .thenComparing(Ticket::createdAt)
            .thenComparing(Ticket::rating)
            .thenComparing(Ticket::ticketId);

    private final MatchingRules rules;
    private final List<String> regions;
    private final List<Ticket> waiting = new ArrayList<>();

    SlowPairs(MatchingRules rules, List<String> regions) {
        this.rules = rules;
        this.regions = regions;
    }

    List<Ticket> waiting() {
        return waiting;
    }

    void add(Ticket ticket) {
        waiting.add(ticket);
    }

    void remove(String ticketId) {
        waiting.removeIf(ticket -> ticket.ticketId().equals(ticketId));
    }

    /** The oldest first, each with the nearest that fits. */
    List<Set<String>> match(Instant now) {
        List<Set<String>> pairs = new ArrayList<>();
        List<Ticket> choosing = new ArrayList<>(waiting);
        choosing.sort(BY_TURN);
        while (!choosing.isEmpty()) {
            Ticket one = choosing.removeFirst();
            Ticket nearest = null;
            for (Ticket other : choosing) {
                boolean nearer = nearest == null || distance(one, other) < distance(one, nearest);
                if (nearer && fit(one, other, now)) {
                    nearest = other;
                }
            }
            if (nearest != null) {
                choosing.remove(nearest);
                remove(one.ticketId());
                remove(nearest.ticketId());
                pairs.add(Set.of(one.ticketId(), nearest.ticketId()));
            }
        }
        return pairs;
    }

    boolean anyFit(Instant at) {
        for (int i = 0; i < waiting.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (fit(waiting.get(i), waiting.get(j), at)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether there is one for whom a region opens at just this moment. */
    boolean opens(Instant at) {
        return waiting.stream()
                .anyMatch(one -> regions.stream()
                        .anyMatch(region -> new Inspection(rules, regions, at).canPlay(one, region)
                                && !new Inspection(rules, regions, at.minusMillis(1)).canPlay(one, region)));
    }

    private boolean fit(Ticket one, Ticket other, Instant now) {
        // The rank first: it is said quickly, and is what keeps most apart.
        return distance(one, other) <= Math.min(window(one, now), window(other, now))
                && new Inspection(rules, regions, now).apart(one, other).isEmpty();
    }

    private static double distance(Ticket one, Ticket other) {
        return Math.abs(one.rating() - other.rating());
    }

    private double window(Ticket ticket, Instant now) {
        long waitedMs = now.toEpochMilli() - ticket.createdAt().toEpochMilli();
        return rules.rank().afterMillis(waitedMs) + Tolerance.RATING;
    }
}
