package dev.paddock.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /** On a cluster a longer moment excuses no more: until a replica takes over, the primary's slots take no writes. */
    private static final Duration TOLD_UNTIL_TAKEN_OVER = RunningRedis.NODE_TIMEOUT;

    private final List<Window> windows;

    private Loss(Collection<Window> windows) {
        this.windows = List.copyOf(windows);
    }

    static Loss none() {
        return new Loss(List.of());
    }

    /** From the moments at which Redis was killed, or a primary cut off from its replica. */
    static Loss of(List<Told> history) {
        Map<Integer, Window> byFault = new HashMap<>();
        for (Told told : history) {
            if (told instanceof Told.Broken(Instant at, int number, Fault fault, String what)) {
                Window window = window(fault, at);
                if (window != null) {
                    // A primary is told of twice: when it is cut off, and when it is killed.
                    byFault.merge(number, window, (cutOff, killed) -> new Window(cutOff.from(), killed.to()));
                }
            }
        }
        return new Loss(byFault.values());
    }

    private static @Nullable Window window(Fault fault, Instant at) {
        return switch (fault) {
            case KILL_REDIS -> new Window(at.minus(LAG), at.plus(TOLD_WITHIN));
            case KILL_PRIMARY, LOSE_PRIMARY -> new Window(at.minus(UNREPLICATED), at.plus(TOLD_UNTIL_TAKEN_OVER));
            default -> null;
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
