package dev.paddock.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What Redis may have forgotten: what it answered in the last moments before it was killed.
 *
 * <ul>
 *   <li>one Redis with {@code appendfsync always}: nothing
 *   <li>with {@code everysec}: two seconds, which is how far its file may lag behind
 *   <li>a primary of a cluster: one second, or since it was cut off from its replica
 * </ul>
 */
final class Loss {
    /** Redis delays a write for so long at most while the disk is busy with the one before. */
    static final Duration LAG = Duration.ofSeconds(2);

    /** A replica on the same machine lags by far less; the machine may be busy. */
    private static final Duration UNREPLICATED = Duration.ofSeconds(1);

    /** What was asked before the kill may be answered, and so be told, a moment after it. */
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(1);

    private final List<Window> windows;

    private Loss(List<Window> windows) {
        this.windows = windows;
    }

    static Loss none() {
        return new Loss(List.of());
    }

    /** From the moments at which Redis was killed, or a primary cut off from its replica. */
    static Loss of(List<Told> history) {
        List<Window> windows = new ArrayList<>();
        for (Told told : history) {
            if (told instanceof Told.Broken(Instant at, int number, Fault fault, String what)) {
                Duration forgets = forgets(fault);
                if (forgets.isPositive()) {
                    windows.add(new Window(at.minus(forgets), at.plus(TOLD_WITHIN)));
                }
            }
        }
        return new Loss(windows);
    }

    private static Duration forgets(Fault fault) {
        return switch (fault) {
            case KILL_REDIS -> LAG;
            // The second is told of twice, less than a second apart: when it is cut off, and when it is killed.
            case KILL_PRIMARY, LOSE_PRIMARY -> UNREPLICATED;
            default -> Duration.ZERO;
        };
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
