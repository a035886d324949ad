package dev.paddock.gameserver;

import dev.paddock.protocol.server.Assignment;

/** What a game developer brings: how one match is played. The SDK does everything else. */
public interface Game {
    /** How often {@link MatchRun#tick} is called, 1 to 1000. */
    int ticksPerSecond();

    /** How many snapshots a second the game shows; players are told it when they join. */
    int snapshotsPerSecond();

    /**
     * Whether {@link #start} may be called once before the real match, for a rehearsal that no player sees: then the
     * game's own code has been run once, too, when the players come. Only for a game that touches nothing but its stage.
     */
    default boolean mayRehearse() {
        return false;
    }

    /**
     * Loads the one match of this process's life. The server says {@code ready} when this returns, so the players wait
     * for it. An exception ends the match as {@code STOPPED}.
     */
    MatchRun start(Assignment assignment, Stage stage);
}
