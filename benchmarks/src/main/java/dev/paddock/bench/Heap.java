package dev.paddock.bench;

import java.lang.management.ManagementFactory;

/** The heap of this JVM. */
final class Heap {
    private Heap() {}

    /** Bytes in use after everything was thrown away that could be. */
    static long used() {
        // The second run finds what the first one's finishers and references let go.
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
