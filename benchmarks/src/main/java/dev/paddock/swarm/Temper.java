package dev.paddock.swarm;

import java.time.Duration;

/**
 * How a swarm behaves. Shares are from 0 to 1.
 *
 * @param neverReady of the servers that take a match and never say {@code ready}
 * @param dies of the servers that end without a result while they are played on; half of them are reported, the others only
 *     found gone
 * @param refuses of the requests that are answered with {@code no-capacity}
 * @param silent of the requests that get no answer
 * @param fickle of those who would get a free seat: a third is not heard, of a third nobody hears that they were taken, and for
 *     a third the seats have just been closed
 * @param twice of the events that are said once more after a while, whatever came between
 * @param readyIn the longest time until {@code ready}; each server's own is random
 * @param playsFor the longest time from {@code ready} to the result, twice that where others may join; each match's own is random
 */
public record Temper(
        double neverReady,
        double dies,
        double refuses,
        double silent,
        double fickle,
        double twice,
        Duration readyIn,
        Duration playsFor) {

    /** A swarm without a fault of its own. */
    public static Temper good(Duration readyIn, Duration playsFor) {
        return new Temper(0, 0, 0, 0, 0, 0, readyIn, playsFor);
    }

    /** Everything that a contract allows for happens now and then. */
    public static Temper bad() {
        return new Temper(0.02, 0.03, 0.01, 0.01, 0.15, 0.2, Duration.ofMillis(150), Duration.ofSeconds(2));
    }
}
