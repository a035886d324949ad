package dev.paddock.director.standby;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A number that rises at once and falls late: the greatest of those that were seen in a time that has just gone by. Not for
 * two threads.
 */
final class Settling {
    private final Duration time;

    /** Each smaller and later than the one before: the others can never be the greatest again. */
    private final Deque<Seen> seen = new ArrayDeque<>();

    private record Seen(Instant at, int number) {}

    Settling(Duration time) {
        this.time = time;
    }

    int see(int number, Instant now) {
        while (!seen.isEmpty() && seen.getLast().number() <= number) {
            seen.removeLast();
        }
        seen.addLast(new Seen(now, number));
        Instant oldest = now.minus(time);
        while (seen.getFirst().at().isBefore(oldest)) {
            seen.removeFirst();
        }
        return seen.getFirst().number();
    }
}
