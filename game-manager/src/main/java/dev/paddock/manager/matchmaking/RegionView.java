package dev.paddock.manager.matchmaking;

import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.Window;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The waiting tickets as one region sees them: who can play there now, and of those, who reaches whom. A ticket is named
 * by its place in the order of ratings.
 *
 * <p>Two segment trees over that order answer "the next one above (below) whose own window reaches down (up) to this
 * rating" in O(log n): one holds the lowest rating that each ticket reaches, the other the highest. Who was taken, or
 * cannot play here, reaches nobody.
 */
final class RegionView {
    /** Forgives what adding and dividing in floating point may lose, so that a computed moment is not missed by a hair. */
    static final double EPSILON = 1e-6;

    private final String name;
    private final double[] latencies;
    private final long[] opensAt;
    private final BitSet open;
    private final int leaves;
    private final double[] lowest;
    private final double[] highest;
    private double[] ratings = {};

    private RegionView(String name, double[] latencies, long[] opensAt, BitSet open) {
        this.name = name;
        this.latencies = latencies;
        this.opensAt = opensAt;
        this.open = open;
        this.leaves = Integer.highestOneBit(Math.max(1, latencies.length - 1)) * 2;
        this.lowest = new double[2 * leaves];
        this.highest = new double[2 * leaves];
    }

    static RegionView of(String name, Ticket[] tickets, long[] created, Window latency, long now) {
        double[] latencies = new double[tickets.length];
        long[] opensAt = new long[tickets.length];
        BitSet open = new BitSet(tickets.length);
        for (int i = 0; i < tickets.length; i++) {
            latencies[i] = latency(tickets[i], name, latency);
            long wait = latency.millisUntil(latencies[i]);
            opensAt[i] = wait == Window.NEVER ? Window.NEVER : created[i] + wait;
            // A ticket from the future (another clock) counts as new.
            if (opensAt[i] <= now || wait == 0) {
                open.set(i);
            }
        }
        return new RegionView(name, latencies, opensAt, open);
    }

    private static double latency(Ticket ticket, String region, Window latency) {
        if (ticket.latencies().isEmpty()) {
            return latency.start();
        }
        Integer measured = ticket.latencies().get(region);
        return measured == null ? Double.POSITIVE_INFINITY : measured;
    }

    void index(double[] ofRatings, double[] windows) {
        ratings = ofRatings;
        Arrays.fill(lowest, Double.POSITIVE_INFINITY);
        Arrays.fill(highest, Double.NEGATIVE_INFINITY);
        for (int i = open.nextSetBit(0); i >= 0; i = open.nextSetBit(i + 1)) {
            lowest[leaves + i] = ratings[i] - windows[i] - EPSILON;
            highest[leaves + i] = ratings[i] + windows[i] + EPSILON;
        }
        for (int node = leaves - 1; node > 0; node--) {
            pull(node);
        }
    }

    String name() {
        return name;
    }

    boolean isOpen(int one) {
        return open.get(one);
    }

    /** How many can play here now. */
    int size() {
        return open.cardinality();
    }

    void remove(int one) {
        if (!open.get(one)) {
            return;
        }
        open.clear(one);
        lowest[leaves + one] = Double.POSITIVE_INFINITY;
        highest[leaves + one] = Double.NEGATIVE_INFINITY;
        for (int node = (leaves + one) / 2; node > 0; node /= 2) {
            pull(node);
        }
    }

    /** The first after {@code from} whose window reaches down to the anchor; -1 if there is none. */
    int above(int anchor, int from) {
        double rating = ratings[anchor];
        int node = leaves + from;
        while (node > 1) {
            boolean isLeft = (node & 1) == 0;
            if (isLeft && lowest[node + 1] <= rating) {
                node++;
                while (node < leaves) {
                    node = lowest[2 * node] <= rating ? 2 * node : 2 * node + 1;
                }
                return node - leaves;
            }
            node /= 2;
        }
        return -1;
    }

    /** The last before {@code from} whose window reaches up to the anchor; -1 if there is none. */
    int below(int anchor, int from) {
        double rating = ratings[anchor];
        int node = leaves + from;
        while (node > 1) {
            boolean isRight = (node & 1) == 1;
            if (isRight && highest[node - 1] >= rating) {
                node--;
                while (node < leaves) {
                    node = highest[2 * node + 1] >= rating ? 2 * node + 1 : 2 * node;
                }
                return node - leaves;
            }
            node /= 2;
        }
        return -1;
    }

    /** The latency of the player who is worst off here; infinite if one cannot play here now. */
    double worstLatency(int[] chosen) {
        double worst = Double.NEGATIVE_INFINITY;
        for (int one : chosen) {
            worst = Math.max(worst, open.get(one) ? latencies[one] : Double.POSITIVE_INFINITY);
        }
        return worst;
    }

    /** How many of those who were not taken can play here, now or later. */
    int everPlayable(BitSet taken) {
        int count = 0;
        for (int i = taken.nextClearBit(0); i < opensAt.length; i = taken.nextClearBit(i + 1)) {
            if (opensAt[i] != Window.NEVER) {
                count++;
            }
        }
        return count;
    }

    /** When the next ticket's latency window lets it play here. */
    long nextOpening(BitSet taken, long now) {
        long next = Window.NEVER;
        for (int i = taken.nextClearBit(0); i < opensAt.length; i = taken.nextClearBit(i + 1)) {
            if (!open.get(i) && opensAt[i] > now) {
                next = Math.min(next, opensAt[i]);
            }
        }
        return next;
    }

    /**
     * When the next two who can play here now, and do not fit yet, will fit in rank. The window of the younger of two
     * is the narrower one and decides, so it is enough to find, for each ticket, the nearest older one out of its reach:
     * in a list by rating from which the youngest are taken out one after the other.
     */
    long nextFit(int[] oldestFirst, long[] created, double[] ofRatings, Window rank, long now) {
        int n = ofRatings.length;
        int[] before = new int[n + 1];
        int[] after = new int[n + 1];
        int end = n;
        int last = end;
        for (int i = open.nextSetBit(0); i >= 0; i = open.nextSetBit(i + 1)) {
            before[i] = last;
            after[last] = i;
            last = i;
        }
        after[last] = end;
        before[end] = last;
        long next = Window.NEVER;
        for (int k = n - 1; k >= 0; k--) {
            int young = oldestFirst[k];
            if (!open.get(young)) {
                continue;
            }
            double reach = rank.afterMillis(now - created[young]) + EPSILON;
            int lower = before[young];
            while (lower != end && ofRatings[young] - ofRatings[lower] <= reach) {
                lower = before[lower];
            }
            int upper = after[young];
            while (upper != end && ofRatings[upper] - ofRatings[young] <= reach) {
                upper = after[upper];
            }
            double gap = Double.POSITIVE_INFINITY;
            if (lower != end) {
                gap = ofRatings[young] - ofRatings[lower];
            }
            if (upper != end) {
                gap = Math.min(gap, ofRatings[upper] - ofRatings[young]);
            }
            long wait = rank.millisUntil(gap);
            if (wait != Window.NEVER) {
                next = Math.min(next, created[young] + wait);
            }
            after[before[young]] = after[young];
            before[after[young]] = before[young];
        }
        return next;
    }

    private void pull(int node) {
        lowest[node] = Math.min(lowest[2 * node], lowest[2 * node + 1]);
        highest[node] = Math.max(highest[2 * node], highest[2 * node + 1]);
    }
}
