package dev.paddock.manager.matchmaking;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** A growing list of places, without an object for each. */
final class Places {
    /** An order of places. */
    interface Order {
        int compare(int one, int other);
    }

    private int[] places = new int[16];
    private int size;

    int size() {
        return size;
    }

    int get(int i) {
        return places[i];
    }

    void add(int place) {
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
        }
        places[size++] = place;
    }

    void set(int i, int place) {
        places[i] = place;
    }

    void cutTo(int length) {
        size = length;
    }

    void removeLast() {
        size--;
    }

    void clear() {
        size = 0;
    }

    boolean contains(int place) {
        for (int i = 0; i < size; i++) {
            if (places[i] == place) {
                return true;
            }
        }
        return false;
    }

    Places copy() {
        Places copy = new Places();
        copy.places = places.clone();
        copy.size = size;
        return copy;
    }

    /** Puts what is at {@code i} here where {@code j} is there, and the other way. */
    void exchange(int i, Places other, int j) {
        int place = places[i];
        places[i] = other.places[j];
        other.places[j] = place;
    }

    /** A merge sort, quick with what is in order already: stable, and O(n log n) whatever is in it. */
    void sort(Order order) {
        sort(place -> 0, order);
    }

    /**
     * The same; by a number, read once for each, and only of equal numbers by an order.
     *
     * @param key lower comes first
     */
    void sort(IntToLongFunction key, Order ofEqual) {
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            keys[i] = key.applyAsLong(places[i]);
        }
        sort(keys, places, keys.clone(), Arrays.copyOf(places, size), 0, size, ofEqual);
    }

    private static void sort(long[] keys, int[] into, long[] fromKeys, int[] from, int start, int end, Order ofEqual) {
        if (end - start < 7) {
            insertionSort(keys, into, start, end, ofEqual);
            return;
        }
        int middle = (start + end) >>> 1;
        sort(fromKeys, from, keys, into, start, middle, ofEqual);
        sort(fromKeys, from, keys, into, middle, end, ofEqual);
        int left = start;
        int right = isAfter(fromKeys, from, middle - 1, middle, ofEqual) ? middle : end;
        if (right == end) {
            System.arraycopy(from, start, into, start, end - start);
            System.arraycopy(fromKeys, start, keys, start, end - start);
            return;
        }
        for (int i = start; i < end; i++) {
            boolean takeRight = left == middle || right < end && isAfter(fromKeys, from, left, right, ofEqual);
            int next = takeRight ? right++ : left++;
            into[i] = from[next];
            keys[i] = fromKeys[next];
        }
    }

    private static void insertionSort(long[] keys, int[] places, int start, int end, Order ofEqual) {
        for (int i = start + 1; i < end; i++) {
            for (int k = i; k > start && isAfter(keys, places, k - 1, k, ofEqual); k--) {
                long key = keys[k];
                keys[k] = keys[k - 1];
                keys[k - 1] = key;
                int place = places[k];
                places[k] = places[k - 1];
                places[k - 1] = place;
            }
        }
    }

    private static boolean isAfter(long[] keys, int[] places, int left, int right, Order ofEqual) {
        return keys[left] == keys[right] ? ofEqual.compare(places[left], places[right]) > 0 : keys[left] > keys[right];
    }
}
