package dev.paddock.director.fleet;

import dev.paddock.director.backend.Packing;
import java.time.Duration;

/**
 * The bounds of a {@link ServerBook}.
 *
 * @param maxServers this director's servers at one time
 * @param mostStarts standbys that are started at one time
 * @param lostAfter silence after which a server is lost
 * @param startWithin from start to its first word
 * @param packing on which node the next match is best
 */
public record FleetLimits(int maxServers, int mostStarts, Duration lostAfter, Duration startWithin, Packing packing) {
    /** How long what became of a match is remembered, for a manager that asks again. */
    static final Duration REMEMBER = Duration.ofMinutes(10);

    /** How long a retired server without a match may take to leave before it is stopped. */
    static final Duration LEAVE_WITHIN = Duration.ofSeconds(10);

    /** A server that ended well says so before it exits, but the exit may be noticed first. */
    static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** A director sweeps several times a second; one that did not for so long was away, and deaf. */
    static final Duration SWEEP_WITHIN = Duration.ofSeconds(2);

    /** Standbys that are asked for one match before a new server is started for it. */
    static final int MOST_TAKES = 3;
}
