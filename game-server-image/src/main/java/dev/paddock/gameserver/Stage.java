package dev.paddock.gameserver;

import dev.paddock.protocol.match.MatchResult;
import java.util.List;

/**
 * What a {@link MatchRun} can do to the world. Call it on the match's thread only. A frame is any record that Jackson
 * writes as one JSON object; it goes out as one line. Nothing here blocks on a slow player.
 */
public interface Stage {
    /** Sends a line that must arrive, in order. A player who takes in too little is dropped with {@code too-slow}. */
    void tell(String playerId, Object frame);

    /** {@link #tell} for everybody who is connected. */
    void tellAll(Object frame);

    /** Sends the present state to everybody who is connected; a newer one replaces one that has not gone out yet. */
    void showAll(Object frame);

    /**
     * So many seats each team has, by team from 0, those with a player included: others may join the match while there is a
     * free one, if its mode has {@code backfill}. As many as there are players, or none: nobody can join any more. Before this
     * is called, nobody can.
     */
    void open(List<Integer> seats);

    /** A player left for good: cannot come back, and another may have the seat. */
    void gone(String playerId);

    /** Ends the match: everybody gets the result and is disconnected, the director is told. Later calls do nothing. */
    void end(MatchResult result);
}
