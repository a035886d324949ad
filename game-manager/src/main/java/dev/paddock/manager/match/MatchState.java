package dev.paddock.manager.match;

/** The life of a match. It ends once, as {@code ENDED} or {@code CANCELLED}. */
public enum MatchState {
    /** The players are chosen, and asked whether they want to play. */
    PROPOSED,
    /** The players are chosen; there is no server yet. */
    FORMED,
    /** Settled on a server. */
    READY,
    /** The server ended it. */
    ENDED,
    /** It will not be played, or not to its end: no server could be had, or it was lost. */
    CANCELLED;

    public boolean isLive() {
        return this == PROPOSED || this == FORMED || this == READY;
    }
}
