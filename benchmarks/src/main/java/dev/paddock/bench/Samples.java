package dev.paddock.bench;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Times that many threads take, in nanoseconds; the first so many are kept. */
final class Samples {
    private final long[] taken;
    private final AtomicInteger count = new AtomicInteger();

    Samples(int most) {
        this.taken = new long[most];
    }

    void add(long nanos) {
        int at = count.getAndIncrement();
        if (at < taken.length) {
            taken[at] = nanos;
        }
    }

    int size() {
        return Math.min(count.get(), taken.length);
    }

    /** To be asked when nobody adds any more. */
    Sorted sorted() {
        long[] all = Arrays.copyOf(taken, size());
        Arrays.sort(all);
        return new Sorted(all);
    }

    /** The same in order. */
    static final class Sorted {
        private final long[] nanos;

        private Sorted(long[] nanos) {
            this.nanos = nanos;
        }

        /** The smallest that so many percent do not exceed (nearest rank), in milliseconds; -1 if there is none. */
        double millis(double percent) {
            if (nanos.length == 0) {
                return -1;
            }
            int rank = (int) Math.ceil(percent / 100 * nanos.length);
            return nanos[Math.max(0, rank - 1)] / 1e6;
        }

        double meanMillis() {
            return nanos.length == 0 ? -1 : Arrays.stream(nanos).average().orElse(-1e6) / 1e6;
        }

        int size() {
            return nanos.length;
        }
    }
}
