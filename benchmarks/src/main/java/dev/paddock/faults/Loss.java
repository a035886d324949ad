package dev.paddock.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What Redis may have forgotten. With {@code appendfsync always}: nothing. With {@code everysec}: what it answered in the
 * last two seconds before it was killed, which is how far its file may lag behind.
 */
final class Loss {
    /** Redis delays a write for so long at most while the disk is busy with the one before. */
    static final Duration LAG = Duration.ofSeconds(2);

    private final List<Window> windows;

    private Loss(List<Window> windows) {
        this.windows = windows;
    }

    static Loss none() {
        return new Loss(List.of());
    }

    /** From the moments at which Redis was killed. */
    static Loss of(List<Told> history) {
        List<Window> windows = new ArrayList<>();
        for (Told told : history) {
            if (told instanceof Told.Broken(Instant at, int number, Fault fault, String what)
                    && fault == Fault.KILL_REDIS) {
                // What was asked before the kill may be answered, and so be told, a moment after it.
                windows.add(new Window(at.minus(LAG), at.plusSeconds(1)));
            }
        }
        return new Loss(windows);
    }

    /** Whether what was told then may be forgotten. */
    boolean excuses(Instant told) {
        return windows.stream().anyMatch(window -> window.contains(told));
    }

    boolean isPossible() {
        return !windows.isEmpty();
    }

    private record Window(Instant from, Instant to) {
        boolean contains(Instant at) {
            return !at.isBefore(from) && !at.isAfter(to);
        }
    }
}
