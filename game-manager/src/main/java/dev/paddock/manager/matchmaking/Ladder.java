package dev.paddock.manager.matchmaking;

import java.util.Arrays;

/**
 * Tickets of one kind who can play in one region now, in the order of their ratings: who is the next one up, or down, whose
 * rank window reaches me?
 *
 * <pre>
 *                 ┌───────────────────────────┐
 *                 │ -180│  905│ 1400│          │   an inner node: for each child the lowest rating
 *                 └──┬─────┬─────┬────────────┘   that one below it reaches, and the highest
 *          ┌─────────┘     │     └──────────┐
 * ┌────────▼──────┐ ┌──────▼──────┐ ┌───────▼──────┐
 * │ 310  395  502 │ │ 990 1010 .. │ │ 1507 1580 .. │   leaves: tickets, by rating
 * └───────────────┘ └─────────────┘ └──────────────┘
 * </pre>
 *
 * A window that widens with the same speed for all needs no upkeep. At time t the window of a ticket with rating r that
 * came at c reaches down to r - start - w·(t - c) = (r + w·c) - (start + w·t). The second bracket is the same for all, so
 * the first is what is stored as {@code low}, and "reaches down to x" is "low ≤ x + start + w·t". The same upwards, with
 * {@code high} = r - w·c. The window's limit is a bound on the distance, and checked by whoever asks.
 *
 * <p>A B+ tree in arrays: adding, removing, and one step to the next that fits are O(log n); a crowded pool finds its next
 * in the same leaf. A node that is empty is taken out; half empty ones are left alone, they fill up again.
 */
final class Ladder {
    private static final int FAN = 32;
    private static final int NONE = -1;

    private final Crowd crowd;
    private final int region;

    /** Rating points that a window gains in a millisecond. */
    private final double widen;

    private int[] entries = new int[FAN];
    private double[] lows = new double[FAN];
    private double[] highs = new double[FAN];
    private int[] counts = new int[1];
    private int[] parents = new int[1];
    private int[] firsts = new int[1];
    private boolean[] leaves = new boolean[1];
    private int used;
    private int free = NONE;
    private int root = NONE;
    private int size;

    /** Where a ticket that is not here would be: set by {@link #seek}. */
    private int seekNode = NONE;

    private int seekAt;

    Ladder(Crowd crowd, int region, double widen) {
        this.crowd = crowd;
        this.region = region;
        this.widen = widen;
    }

    int size() {
        return size;
    }

    double low(int place) {
        return crowd.rating(place) + widen * crowd.since(place);
    }

    double high(int place) {
        return crowd.rating(place) - widen * crowd.since(place);
    }

    void add(int place) {
        if (root == NONE) {
            root = node(true, NONE);
        }
        seek(crowd.rating(place), place);
        insert(seekNode, seekAt, place, low(place), high(place));
        size++;
    }

    void remove(int place) {
        int node = crowd.node(region, place);
        crowd.node(region, place, NONE);
        size--;
        cut(node, indexOf(node, place));
    }

    /** The next one up from a ticket on the ladder with {@code low} at most this; -1: none. */
    int above(int place, double low) {
        int node = crowd.node(region, place);
        return up(node, indexOf(node, place) + 1, low);
    }

    /** The next one down from a ticket on the ladder with {@code high} at least this; -1: none. */
    int below(int place, double high) {
        int node = crowd.node(region, place);
        return down(node, indexOf(node, place) - 1, high);
    }

    /** Like {@link #above}, for a ticket that is not on the ladder. */
    int aboveAbsent(int place, double low) {
        if (root == NONE) {
            return NONE;
        }
        seek(crowd.rating(place), place);
        return up(seekNode, seekAt, low);
    }

    /** Like {@link #below}, for a ticket that is not on the ladder. */
    int belowAbsent(int place, double high) {
        if (root == NONE) {
            return NONE;
        }
        seek(crowd.rating(place), place);
        return down(seekNode, seekAt - 1, high);
    }

    /** The lowest whose rating is at least this; -1: none. */
    int lowestFrom(double rating) {
        if (root == NONE) {
            return NONE;
        }
        seek(rating, NONE);
        return up(seekNode, seekAt, Double.POSITIVE_INFINITY);
    }

    /** The highest whose rating is less than this; -1: none. */
    int highestBelow(double rating) {
        if (root == NONE) {
            return NONE;
        }
        seek(rating, NONE);
        return down(seekNode, seekAt - 1, Double.NEGATIVE_INFINITY);
    }

    private int up(int from, int first, double low) {
        int node = from;
        int at = first;
        while (true) {
            int i = node * FAN + at;
            int end = node * FAN + counts[node];
            while (i < end && lows[i] > low) {
                i++;
            }
            if (i < end) {
                if (leaves[node]) {
                    return entries[i];
                }
                node = entries[i];
                at = 0;
                continue;
            }
            int parent = parents[node];
            if (parent == NONE) {
                return NONE;
            }
            at = indexOf(parent, node) + 1;
            node = parent;
        }
    }

    private int down(int from, int first, double high) {
        int node = from;
        int at = first;
        while (true) {
            int i = node * FAN + at;
            int end = node * FAN;
            while (i >= end && highs[i] < high) {
                i--;
            }
            if (i >= end) {
                if (leaves[node]) {
                    return entries[i];
                }
                node = entries[i];
                at = counts[node] - 1;
                continue;
            }
            int parent = parents[node];
            if (parent == NONE) {
                return NONE;
            }
            at = indexOf(parent, node) - 1;
            node = parent;
        }
    }

    /** Finds the leaf, and the place in it, before which are all that are lower. */
    private void seek(double rating, int place) {
        int node = root;
        while (!leaves[node]) {
            node = entries[node * FAN + Math.max(0, lowerThan(node, rating, place) - 1)];
        }
        seekNode = node;
        seekAt = lowerThan(node, rating, place);
    }

    /** How many entries of a node begin with a ticket lower than this rating, or, of equal rating, than this ticket. */
    private int lowerThan(int node, double rating, int place) {
        int from = 0;
        int to = counts[node];
        while (from < to) {
            int middle = (from + to) >>> 1;
            int entry = entries[node * FAN + middle];
            int first = leaves[node] ? entry : firsts[entry];
            double other = crowd.rating(first);
            if (other < rating || other == rating && place != NONE && crowd.byRating(first, place) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private void insert(int into, int before, int entry, double low, double high) {
        int node = into;
        int at = before;
        if (counts[node] == FAN) {
            int right = split(node);
            if (at > counts[node]) {
                at -= counts[node];
                node = right;
            }
        }
        int i = node * FAN + at;
        int after = counts[node] - at;
        System.arraycopy(entries, i, entries, i + 1, after);
        System.arraycopy(lows, i, lows, i + 1, after);
        System.arraycopy(highs, i, highs, i + 1, after);
        counts[node]++;
        set(i, node, entry, low, high);
        if (at == 0) {
            newFirst(node);
        }
        widened(node, low, high);
    }

    /** Moves the upper half of a full node into a new one beside it, and tells the parent. */
    private int split(int node) {
        if (parents[node] == NONE) {
            int top = node(false, NONE);
            root = top;
            parents[node] = top;
            entries[top * FAN] = node;
            counts[top] = 1;
            firsts[top] = firsts[node];
            pull(top, node);
        }
        int right = node(leaves[node], parents[node]);
        int half = FAN / 2;
        counts[node] = half;
        for (int k = 0; k < FAN - half; k++) {
            int i = node * FAN + half + k;
            set(right * FAN + k, right, entries[i], lows[i], highs[i]);
        }
        counts[right] = FAN - half;
        firsts[right] = leaves[right] ? entries[right * FAN] : firsts[entries[right * FAN]];
        int parent = parents[node];
        pull(parent, node);
        insert(parent, indexOf(parent, node) + 1, right, lowest(right), highest(right));
        return right;
    }

    private void set(int i, int node, int entry, double low, double high) {
        entries[i] = entry;
        lows[i] = low;
        highs[i] = high;
        if (leaves[node]) {
            crowd.node(region, entry, node);
        } else {
            parents[entry] = node;
        }
    }

    private void cut(int node, int at) {
        int parent = parents[node];
        if (counts[node] == 1) {
            free(node);
            if (parent == NONE) {
                root = NONE;
            } else {
                cut(parent, indexOf(parent, node));
            }
            return;
        }
        int i = node * FAN + at;
        double low = lows[i];
        double high = highs[i];
        int after = --counts[node] - at;
        System.arraycopy(entries, i + 1, entries, i, after);
        System.arraycopy(lows, i + 1, lows, i, after);
        System.arraycopy(highs, i + 1, highs, i, after);
        if (at == 0) {
            newFirst(node);
        }
        narrowed(node, low, high);
        while (!leaves[root] && counts[root] == 1) {
            int only = entries[root * FAN];
            free(root);
            root = only;
            parents[only] = NONE;
        }
    }

    /** The first entry of a node is another one: all nodes that begin with it are told. */
    private void newFirst(int changed) {
        int node = changed;
        int entry = entries[node * FAN];
        int first = leaves[node] ? entry : firsts[entry];
        firsts[node] = first;
        int parent = parents[node];
        while (parent != NONE && entries[parent * FAN] == node) {
            firsts[parent] = first;
            node = parent;
            parent = parents[node];
        }
    }

    private void widened(int changed, double low, double high) {
        int node = changed;
        int parent = parents[node];
        while (parent != NONE) {
            int i = parent * FAN + indexOf(parent, node);
            if (lows[i] <= low && highs[i] >= high) {
                return;
            }
            lows[i] = Math.min(lows[i], low);
            highs[i] = Math.max(highs[i], high);
            node = parent;
            parent = parents[node];
        }
    }

    private void narrowed(int changed, double low, double high) {
        int node = changed;
        int parent = parents[node];
        while (parent != NONE) {
            int i = parent * FAN + indexOf(parent, node);
            if (lows[i] < low && highs[i] > high) {
                return;
            }
            lows[i] = lowest(node);
            highs[i] = highest(node);
            node = parent;
            parent = parents[node];
        }
    }

    private void pull(int parent, int node) {
        int i = parent * FAN + indexOf(parent, node);
        lows[i] = lowest(node);
        highs[i] = highest(node);
    }

    private double lowest(int node) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = node * FAN; i < node * FAN + counts[node]; i++) {
            lowest = Math.min(lowest, lows[i]);
        }
        return lowest;
    }

    private double highest(int node) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = node * FAN; i < node * FAN + counts[node]; i++) {
            highest = Math.max(highest, highs[i]);
        }
        return highest;
    }

    private int indexOf(int node, int entry) {
        int i = node * FAN;
        while (entries[i] != entry) {
            i++;
        }
        return i - node * FAN;
    }

    private int node(boolean leaf, int parent) {
        int node = free == NONE ? used++ : free;
        if (node == free) {
            free = parents[node];
        } else if (node == counts.length) {
            grow(2 * node);
        }
        leaves[node] = leaf;
        parents[node] = parent;
        counts[node] = 0;
        return node;
    }

    private void free(int node) {
        parents[node] = free;
        free = node;
    }

    private void grow(int nodes) {
        entries = Arrays.copyOf(entries, nodes * FAN);
        lows = Arrays.copyOf(lows, nodes * FAN);
        highs = Arrays.copyOf(highs, nodes * FAN);
        counts = Arrays.copyOf(counts, nodes);
        parents = Arrays.copyOf(parents, nodes);
        firsts = Arrays.copyOf(firsts, nodes);
        leaves = Arrays.copyOf(leaves, nodes);
    }
}
