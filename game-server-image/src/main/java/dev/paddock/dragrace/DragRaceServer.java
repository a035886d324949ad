package dev.paddock.dragrace;

import dev.paddock.gameserver.GameServer;
import java.security.SecureRandom;

/** The drag race's game server. */
public final class DragRaceServer {
    private DragRaceServer() {}

    /** Without arguments: all it needs is in {@code PADDOCK_DIR}. */
    public static void main(String[] args) {
        GameServer.main(new DragRace(new SecureRandom()), args);
    }
}
