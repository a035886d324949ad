package dev.paddock.protocol.game;

/**
 * A car of the drag race in a snapshot.
 *
 * @param gear the one that is in or going in; 0 is neutral
 * @param spinning whether the driven wheels slip: less throttle is faster now
 */
public record Racer(
        String playerId, double metres, double speedKmh, int gear, double rpm, boolean spinning, Status status) {

    /** What a racer is doing, or how it ended for them. */
    public enum Status {
        /** Not joined yet. */
        EXPECTED,
        /** At the line. */
        STAGED,
        /** Green was shown, the finish is ahead. */
        RACING,
        /** Over the line. */
        FINISHED,
        /** Throttle before green. */
        FALSE_START,
        /** Gave up. */
        RESIGNED,
        /** Did not join in time. */
        ABSENT
    }
}
