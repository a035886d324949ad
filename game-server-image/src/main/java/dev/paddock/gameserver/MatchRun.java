package dev.paddock.gameserver;

import dev.paddock.protocol.match.MatchPlayer;

/**
 * A match that is being played. All methods are called on one thread, the match's own, so a game needs no locks; none of
 * them may block. An exception ends the match as {@code STOPPED}, except where said otherwise.
 */
public interface MatchRun {
    /** A player of the match is connected, for the first time or again. */
    void joined(String playerId);

    /**
     * A player sent a line, at most 16 KiB, without its line feed.
     *
     * @throws dev.paddock.protocol.MalformedException if the game does not know such a line; the player is dropped with
     *     {@code bad-line} and may come back
     */
    void line(String playerId, String line);

    /** A player's connection is gone; the player may come back while the match runs. */
    void left(String playerId);

    /**
     * A player got a free seat of {@link Stage#open}, and will connect. May come a moment after the game has closed its seats:
     * the managers were quicker.
     */
    default void seated(MatchPlayer player) {}

    /** A player who was seated does not come after all. */
    default void unseated(String playerId) {}

    /** A fixed step of time has passed. */
    void tick();
}
