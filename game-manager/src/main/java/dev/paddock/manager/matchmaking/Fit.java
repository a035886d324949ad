package dev.paddock.manager.matchmaking;

import dev.paddock.protocol.mode.Window;

/**
 * When two tickets of a {@link Crowd} begin to fit in rating. Times are milliseconds after the crowd's base. This is the one
 * place that decides; the {@link Ladder}s only bring those near who are worth asking about.
 */
final class Fit {
    private final Crowd crowd;
    private final Window rank;

    Fit(Crowd crowd, Window rank) {
        this.crowd = crowd;
        this.rank = rank;
    }

    double distance(int one, int other) {
        return Math.abs(crowd.rating(one) - crowd.rating(other));
    }

    /** The nearer of two to one, then the one whose turn is first. */
    int byDistance(int one, int left, int right) {
        int order = Double.compare(distance(one, left), distance(one, right));
        return order != 0 ? order : crowd.byTurn(left, right);
    }

    /** How far a ticket reaches now. */
    double window(int place, long now) {
        return rank.afterMillis(now - crowd.since(place)) + Tolerance.RATING;
    }

    /** When its own window is so wide, or {@link Window#NEVER}. */
    long reaches(int place, double distance) {
        long wait = rank.millisUntil(distance - Tolerance.RATING);
        return wait == Window.NEVER ? Window.NEVER : crowd.since(place) + wait;
    }

    /** When both windows are as wide as they are apart, or {@link Window#NEVER}; never if they avoid each other. */
    long moment(int one, int other) {
        long wait = rank.millisUntil(distance(one, other) - Tolerance.RATING);
        if (wait == Window.NEVER || crowd.avoid(one, other)) {
            return Window.NEVER;
        }
        return Math.max(crowd.since(one), crowd.since(other)) + wait;
    }

    boolean fit(int one, int other, long now) {
        double distance = distance(one, other);
        return distance <= window(one, now) && distance <= window(other, now) && !crowd.avoid(one, other);
    }

    /** {@link Ladder#above} with this finds those whose own window reaches down to the place at that time. */
    double lowAt(int place, double time) {
        return crowd.rating(place) + rank.start() + widen() * time + Tolerance.RATING;
    }

    /** {@link Ladder#below} with this finds those whose own window reaches up to the place at that time. */
    double highAt(int place, double time) {
        return crowd.rating(place) - rank.start() - widen() * time - Tolerance.RATING;
    }

    /** Beyond this distance nobody ever fits. */
    double limit() {
        return rank.limit() + Tolerance.RATING;
    }

    /** Rating points that every window gains in a millisecond, up to the limit. */
    double widen() {
        return rank.widenPerSecond() / 1000;
    }
}
