package dev.paddock.manager.matchmaking;

import static dev.paddock.manager.matchmaking.Rungs.NONE;

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
 * <p>A B+ tree in arrays ({@link Rungs}): adding, removing, and one step to the next that fits are O(log n); a crowded pool
 * finds its next in the same leaf. A node that is empty is taken out; half empty ones are left alone, they fill up again.
 *
 * <p>What a node is said to reach is not taken back when who reached it leaves: those who choose first have the widest
 * windows, so that would be to do each time. Whoever is misled by it puts it right. A step may pay for many who left, once
 * for each and level.
 */
final class Ladder {
    private final Crowd crowd;
    private final int region;

    /** Rating points that a window gains in a millisecond. */
    private final double widen;

    private final Rungs rungs = new Rungs();
    private int root = NONE;
    private int size;

    Ladder(Crowd crowd, int region, double widen) {
        this.crowd = crowd;
        this.region = region;
        this.widen = widen;
    }

    int size() {
        return size;
    }

    /** The ticket in a slot. */
    int at(int slot) {
        return rungs.entry(slot);
    }

    /** Where a ticket of this ladder is, until something is added or removed. */
    int slotOf(int place) {
        return rungs.slotOf(crowd.node(region, place), place);
    }

    /** The next slot up with {@code low} at most this; -1: none. */
    int above(int slot, double low) {
        return up(Rungs.nodeOf(slot), slot + 1, low);
    }

    /** The next slot down with {@code high} at least this; -1: none. */
    int below(int slot, double high) {
        return down(Rungs.nodeOf(slot), slot - 1, high);
    }

    /** The first slot from this rating, or from where that ticket would be, upwards with {@code low} at most this; -1: none. */
    int from(double rating, int place, double low) {
        if (root == NONE) {
            return NONE;
        }
        int leaf = leafFor(rating, place);
        return up(leaf, lowerThan(leaf, rating, place), low);
    }

    /** The first slot before this rating, or before where that ticket would be, with {@code high} at least this; -1: none. */
    int before(double rating, int place, double high) {
        if (root == NONE) {
            return NONE;
        }
        int leaf = leafFor(rating, place);
        return down(leaf, lowerThan(leaf, rating, place) - 1, high);
    }

    void add(int place) {
        if (root == NONE) {
            root = rungs.add(true, NONE);
        }
        double rating = crowd.rating(place);
        double waiting = widen * crowd.since(place);
        int leaf = leafFor(rating, place);
        insert(leaf, lowerThan(leaf, rating, place), place, rating + waiting, rating - waiting);
        size++;
    }

    void remove(int place) {
        int leaf = crowd.node(region, place);
        crowd.node(region, place, NONE);
        size--;
        cut(leaf, rungs.slotOf(leaf, place));
    }

    /** Levels below the turn were promised to have one: if not, what they reach is put right. */
    private int up(int from, int first, double low) {
        int node = from;
        int slot = first;
        int promised = 0;
        while (true) {
            int end = rungs.end(node);
            while (slot < end && rungs.low(slot) > low) {
                slot++;
            }
            if (slot < end) {
                if (rungs.isLeaf(node)) {
                    return slot;
                }
                promised++;
                node = rungs.entry(slot);
                slot = Rungs.begin(node);
                continue;
            }
            int parent = rungs.parent(node);
            if (parent == NONE) {
                return NONE;
            }
            slot = rungs.slotOf(parent, node);
            if (promised > 0) {
                promised--;
                rungs.bounds(slot, rungs.lowest(node), rungs.high(slot));
            }
            slot++;
            node = parent;
        }
    }

    private int down(int from, int first, double high) {
        int node = from;
        int slot = first;
        int promised = 0;
        while (true) {
            int begin = Rungs.begin(node);
            while (slot >= begin && rungs.high(slot) < high) {
                slot--;
            }
            if (slot >= begin) {
                if (rungs.isLeaf(node)) {
                    return slot;
                }
                promised++;
                node = rungs.entry(slot);
                slot = rungs.end(node) - 1;
                continue;
            }
            int parent = rungs.parent(node);
            if (parent == NONE) {
                return NONE;
            }
            slot = rungs.slotOf(parent, node);
            if (promised > 0) {
                promised--;
                rungs.bounds(slot, rungs.low(slot), rungs.highest(node));
            }
            slot--;
            node = parent;
        }
    }

    private int leafFor(double rating, int place) {
        int node = root;
        while (!rungs.isLeaf(node)) {
            node = rungs.entry(Math.max(Rungs.begin(node), lowerThan(node, rating, place) - 1));
        }
        return node;
    }

    /** The slot behind those that begin with a ticket lower than this rating, or, of equal rating, than this ticket. */
    private int lowerThan(int node, double rating, int place) {
        int from = Rungs.begin(node);
        int to = rungs.end(node);
        while (from < to) {
            int middle = (from + to) >>> 1;
            int first = firstOf(node, middle);
            double other = crowd.rating(first);
            if (other < rating || other == rating && place != NONE && crowd.byRating(first, place) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private int firstOf(int node, int slot) {
        int entry = rungs.entry(slot);
        return rungs.isLeaf(node) ? entry : rungs.first(entry);
    }

    private void insert(int into, int before, int entry, double low, double high) {
        int node = into;
        int slot = before;
        if (rungs.count(node) == Rungs.FAN) {
            int right = split(node, slot);
            if (slot > rungs.end(node)) {
                slot = Rungs.begin(right) + slot - rungs.end(node);
                node = right;
            }
        }
        rungs.insert(node, slot, entry, low, high);
        belongs(node, entry);
        if (slot == Rungs.begin(node)) {
            newFirst(node);
        }
        widened(node, low, high);
    }

    /** Moves the upper part of a full node into a new one beside it, and tells the parent. */
    private int split(int node, int slot) {
        int parent = rungs.parent(node);
        if (parent == NONE) {
            parent = rungs.add(false, NONE);
            root = parent;
            rungs.insert(parent, Rungs.begin(parent), node, rungs.lowest(node), rungs.highest(node));
            rungs.parent(node, parent);
            rungs.first(parent, rungs.first(node));
        }
        int right = rungs.add(rungs.isLeaf(node), parent);
        // Who come in the order of their ratings leave full nodes behind.
        int keep = slot == rungs.end(node) ? Rungs.FAN - 1 : Rungs.FAN / 2;
        rungs.moveTail(node, Rungs.begin(node) + keep, right);
        for (int moved = Rungs.begin(right); moved < rungs.end(right); moved++) {
            belongs(right, rungs.entry(moved));
        }
        rungs.first(right, firstOf(right, Rungs.begin(right)));
        int at = rungs.slotOf(parent, node);
        rungs.bounds(at, rungs.lowest(node), rungs.highest(node));
        insert(parent, at + 1, right, rungs.lowest(right), rungs.highest(right));
        return right;
    }

    private void belongs(int node, int entry) {
        if (rungs.isLeaf(node)) {
            crowd.node(region, entry, node);
        } else {
            rungs.parent(entry, node);
        }
    }

    private void cut(int node, int slot) {
        int parent = rungs.parent(node);
        if (rungs.count(node) == 1) {
            rungs.remove(node);
            if (parent == NONE) {
                root = NONE;
            } else {
                cut(parent, rungs.slotOf(parent, node));
            }
            return;
        }
        rungs.cut(node, slot);
        if (slot == Rungs.begin(node)) {
            newFirst(node);
        }
        while (!rungs.isLeaf(root) && rungs.count(root) == 1) {
            int only = rungs.entry(Rungs.begin(root));
            rungs.remove(root);
            root = only;
            rungs.parent(only, NONE);
        }
    }

    /** The first entry of a node is another one: all nodes that begin with it are told. */
    private void newFirst(int changed) {
        int node = changed;
        int first = firstOf(node, Rungs.begin(node));
        rungs.first(node, first);
        int parent = rungs.parent(node);
        while (parent != NONE && rungs.entry(Rungs.begin(parent)) == node) {
            rungs.first(parent, first);
            node = parent;
            parent = rungs.parent(node);
        }
    }

    private void widened(int changed, double low, double high) {
        int node = changed;
        int parent = rungs.parent(node);
        while (parent != NONE) {
            int slot = rungs.slotOf(parent, node);
            if (rungs.low(slot) <= low && rungs.high(slot) >= high) {
                return;
            }
            rungs.bounds(slot, Math.min(rungs.low(slot), low), Math.max(rungs.high(slot), high));
            node = parent;
            parent = rungs.parent(node);
        }
    }
}
