package dev.paddock.director.fleet;

/** Where a server is in its one-way life, as this director sees it. */
public enum Phase {
    /** Started, or heard of through its backend alone; it has not spoken yet. */
    STARTING,
    /** Ready, without a match. */
    STANDBY,
    /** Handed to a match, which it has not loaded yet. */
    ASSIGNED,
    /** It has loaded its match. */
    RUNNING,
    /** It gets no match any more: its match is over, it was retired, or it was lost. */
    RETIRING
}
