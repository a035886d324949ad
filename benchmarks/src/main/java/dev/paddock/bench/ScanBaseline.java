package dev.paddock.bench;

import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.MatchingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a matcher usually is at first: the oldest ticket scans all others for the nearest in rating that fits. One against
 * one, by the same rules, in time that grows with the square of those who wait.
 */
final class ScanBaseline {
    private final MatchingRules rules;
    private final List<String> regions;

    ScanBaseline(MatchingRules rules, List<String> regions) {
        this.rules = rules;
        this.regions = regions;
    }

    /** @return how many players are matched */
    int match(List<Ticket> tickets, Instant now) {
        LinkedList<Ticket> waiting = new LinkedList<>(tickets);
        waiting.sort(Comparator.comparing(Ticket::createdAt));
        int matched = 0;
        while (!waiting.isEmpty()) {
            Ticket oldest = waiting.removeFirst();
            Ticket nearest = nearest(oldest, waiting, now);
            if (nearest != null) {
                waiting.remove(nearest);
                matched += 2;
            }
        }
        return matched;
    }

    private @Nullable Ticket nearest(Ticket of, List<Ticket> waiting, Instant now) {
        Ticket nearest = null;
        double least = Double.POSITIVE_INFINITY;
        for (Ticket other : waiting) {
            double apart = Math.abs(of.rating() - other.rating());
            if (apart < least && apart <= rank(of, now) && apart <= rank(other, now) && meet(of, other, now)) {
                nearest = other;
                least = apart;
            }
        }
        return nearest;
    }

    private boolean meet(Ticket one, Ticket other, Instant now) {
        for (String region : regions) {
            if (plays(one, region, now) && plays(other, region, now)) {
                return true;
            }
        }
        return false;
    }

    private boolean plays(Ticket ticket, String region, Instant now) {
        Integer latency = ticket.latencies().get(region);
        return latency != null && latency <= rules.latency().after(Duration.between(ticket.createdAt(), now));
    }

    private double rank(Ticket ticket, Instant now) {
        return rules.rank().after(Duration.between(ticket.createdAt(), now));
    }
}
