package dev.paddock.manager.matchmaking;

import dev.paddock.protocol.mode.Window;
import java.util.Arrays;

/** When which ticket must be looked at again: a binary heap of places that knows where each of them is. O(log n). */
final class Alarms {
    private static final int FIRST = 64;
    private static final int NOT_HERE = -1;

    private int[] heap = new int[FIRST];
    private int[] at = filled(FIRST);
    private long[] moments = new long[FIRST];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** The place whose moment comes first. */
    int first() {
        return heap[0];
    }

    /** When that is, or {@link Window#NEVER}. */
    long firstMoment() {
        return size == 0 ? Window.NEVER : moments[heap[0]];
    }

    /** When this one must be looked at, or {@link Window#NEVER}. */
    long moment(int place) {
        return place < at.length && at[place] != NOT_HERE ? moments[place] : Window.NEVER;
    }

    /** Sets the moment of a place; {@link Window#NEVER} takes it out. */
    void set(int place, long moment) {
        if (moment == Window.NEVER) {
            remove(place);
            return;
        }
        if (place >= at.length) {
            grow(Integer.highestOneBit(place) * 2);
        }
        moments[place] = moment;
        if (at[place] == NOT_HERE) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            put(size++, place);
        }
        up(at[place]);
        down(at[place]);
    }

    void remove(int place) {
        if (place >= at.length || at[place] == NOT_HERE) {
            return;
        }
        int hole = at[place];
        at[place] = NOT_HERE;
        int last = heap[--size];
        if (last != place) {
            put(hole, last);
            up(hole);
            down(at[last]);
        }
    }

    private void up(int from) {
        int i = from;
        int place = heap[i];
        while (i > 0 && moments[heap[(i - 1) / 2]] > moments[place]) {
            put(i, heap[(i - 1) / 2]);
            i = (i - 1) / 2;
        }
        put(i, place);
    }

    private void down(int from) {
        int i = from;
        int place = heap[i];
        while (2 * i + 1 < size) {
            int child = 2 * i + 1;
            if (child + 1 < size && moments[heap[child + 1]] < moments[heap[child]]) {
                child++;
            }
            if (moments[heap[child]] >= moments[place]) {
                break;
            }
            put(i, heap[child]);
            i = child;
        }
        put(i, place);
    }

    private void put(int i, int place) {
        heap[i] = place;
        at[place] = i;
    }

    private void grow(int capacity) {
        int before = at.length;
        at = Arrays.copyOf(at, capacity);
        Arrays.fill(at, before, capacity, NOT_HERE);
        moments = Arrays.copyOf(moments, capacity);
    }

    private static int[] filled(int capacity) {
        int[] none = new int[capacity];
        Arrays.fill(none, NOT_HERE);
        return none;
    }
}
