package dev.paddock.manager.matchmaking;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** A growing list of places, without an object for each. */
final class Places {
    /** An order of places. */
    interface Order {
        int compare(int one, int other);
    }

    /** From so many on it is worth reading keys. */
    private static final int MANY = 64;

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
        sort(places, Arrays.copyOf(places, size), 0, size, order);
    }

    /**
     * The same, quicker for many: first by numbers that are read once for each.
     *
     * @param key lower comes first, as the order says
     */
    void sort(IntToLongFunction key, Order order) {
        if (size >= MANY) {
            presort(key);
        }
        sort(order);
    }

    /** By as much of the keys as leaves room beside it for the number in the list. */
    private void presort(IntToLongFunction key) {
        long[] keys = new long[size];
        long lowest = Long.MAX_VALUE;
        long highest = Long.MIN_VALUE;
        for (int i = 0; i < size; i++) {
            keys[i] = key.applyAsLong(places[i]);
            lowest = Math.min(lowest, keys[i]);
            highest = Math.max(highest, keys[i]);
        }
        int numberBits = bits(size);
        int keyBits = Long.SIZE - 1 - numberBits;
        int cutOff = Math.max(0, bits(highest - lowest) - keyBits);
        for (int i = 0; i < size; i++) {
            keys[i] = (keys[i] - lowest) >>> cutOff << numberBits | i;
        }
        Arrays.sort(keys);
        int[] before = Arrays.copyOf(places, size);
        for (int i = 0; i < size; i++) {
            places[i] = before[(int) (keys[i] & (1L << numberBits) - 1)];
        }
    }

    /** That the number needs, without a sign. */
    private static int bits(long number) {
        return Long.SIZE - Long.numberOfLeadingZeros(number);
    }

    private static void sort(int[] into, int[] from, int start, int end, Order order) {
        if (end - start < 7) {
            for (int i = start + 1; i < end; i++) {
                int place = into[i];
                int k = i;
                while (k > start && order.compare(into[k - 1], place) > 0) {
                    into[k] = into[k - 1];
                    k--;
                }
                into[k] = place;
            }
            return;
        }
        int middle = (start + end) >>> 1;
        sort(from, into, start, middle, order);
        sort(from, into, middle, end, order);
        if (order.compare(from[middle - 1], from[middle]) <= 0) {
            System.arraycopy(from, start, into, start, end - start);
            return;
        }
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = right >= end || left < middle && order.compare(from[left], from[right]) <= 0;
            into[i] = takeLeft ? from[left++] : from[right++];
        }
    }
}
