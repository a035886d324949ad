package dev.paddock.faults;

import dev.paddock.local.server.RedisServer.Fsync;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to be.
 *
 * @param matches at least so many are played
 * @param faults so many are done
 * @param sockets so many of the players have a WebSocket, the others ask
 * @param bound when it has taken so long, nothing more is broken and players go home, whatever was reached
 * @param fsync of the one Redis
 * @param kinds of faults, of which each is taken at random
 * @param folder for everything that is written; new
 * @param classPath with the manager
 */
record Wish(
        int matches,
        int faults,
        int managers,
        int players,
        int sockets,
        long seed,
        Duration bound,
        RedisKind redis,
        Fsync fsync,
        List<Fault> kinds,
        @Nullable Plant plant,
        Path folder,
        String classPath) {
    /** With what mends it, and a rest: measured. */
    private static final double SECONDS_A_FAULT = 5;

    /** Until a replica has taken over, and the former primary follows it. */
    private static final double SECONDS_A_FAULT_OF_A_CLUSTER = 8;

    Wish {
        kinds = List.copyOf(kinds);
    }

    /** Whether Redis may forget nothing that it has answered. */
    boolean keepsAll() {
        return redis == RedisKind.ONE && fsync == Fsync.ALWAYS;
    }

    /** So many tickets a second that the matches take about as long as the faults. */
    double ticketsPerSecond() {
        double seconds =
                Math.max(10, faults * (redis == RedisKind.CLUSTER ? SECONDS_A_FAULT_OF_A_CLUSTER : SECONDS_A_FAULT));
        return 2 * Math.clamp(matches / seconds, 10, 60);
    }
}
