package dev.paddock.manager.matchmaking;

import java.util.Arrays;

/**
 * The nodes of a {@link Ladder}, in arrays: each has room for {@value #FAN} entries, which are tickets in a leaf and nodes
 * above. An entry is known by its slot, {@code node · FAN + its number in the node}, for as long as nothing is added or
 * removed.
 */
final class Rungs {
    static final int FAN = 32;
    static final int NONE = -1;

    private int[] entries = new int[FAN];
    private double[] lows = new double[FAN];
    private double[] highs = new double[FAN];
    private int[] counts = new int[1];
    private int[] parents = new int[1];
    private int[] firsts = new int[1];
    private boolean[] leaves = new boolean[1];
    private int used;
    private int free = NONE;

    /** A node without entries. */
    int add(boolean leaf, int parent) {
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

    void remove(int node) {
        parents[node] = free;
        free = node;
    }

    boolean isLeaf(int node) {
        return leaves[node];
    }

    int count(int node) {
        return counts[node];
    }

    int parent(int node) {
        return parents[node];
    }

    void parent(int node, int parent) {
        parents[node] = parent;
    }

    /** The lowest ticket below a node. */
    int first(int node) {
        return firsts[node];
    }

    void first(int node, int ticket) {
        firsts[node] = ticket;
    }

    /** The slot of a node's first entry. */
    static int begin(int node) {
        return node * FAN;
    }

    /** The slot behind a node's last entry. */
    int end(int node) {
        return node * FAN + counts[node];
    }

    static int nodeOf(int slot) {
        return slot / FAN;
    }

    int entry(int slot) {
        return entries[slot];
    }

    double low(int slot) {
        return lows[slot];
    }

    double high(int slot) {
        return highs[slot];
    }

    void bounds(int slot, double low, double high) {
        lows[slot] = low;
        highs[slot] = high;
    }

    int slotOf(int node, int entry) {
        int slot = node * FAN;
        while (entries[slot] != entry) {
            slot++;
        }
        return slot;
    }

    /** Puts an entry into a node that has room, and moves those behind it. */
    void insert(int node, int slot, int entry, double low, double high) {
        move(slot, slot + 1, end(node) - slot);
        counts[node]++;
        entries[slot] = entry;
        lows[slot] = low;
        highs[slot] = high;
    }

    void cut(int node, int slot) {
        counts[node]--;
        move(slot + 1, slot, end(node) - slot);
    }

    /** Moves what is from this slot on to the end of another node. */
    void moveTail(int node, int slot, int to) {
        int count = end(node) - slot;
        move(slot, end(to), count);
        counts[node] -= count;
        counts[to] += count;
    }

    private void move(int from, int to, int count) {
        System.arraycopy(entries, from, entries, to, count);
        System.arraycopy(lows, from, lows, to, count);
        System.arraycopy(highs, from, highs, to, count);
    }

    /** The lowest that one below a node reaches. */
    double lowest(int node) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int slot = begin(node); slot < end(node); slot++) {
            lowest = Math.min(lowest, lows[slot]);
        }
        return lowest;
    }

    /** The highest that one below a node reaches. */
    double highest(int node) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int slot = begin(node); slot < end(node); slot++) {
            highest = Math.max(highest, highs[slot]);
        }
        return highest;
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
