package dev.paddock.manager.matchmaking;

/** What adding and dividing in floating point may lose, so that a computed moment is not missed by a hair. */
final class Tolerance {
    /** In points of rating, and in milliseconds of latency. */
    static final double RATING = 1e-6;

    private Tolerance() {}
}
