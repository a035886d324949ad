package dev.paddock.director.backend;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where game servers run. A server is told apart by its id alone; everything here may be said twice.
 *
 * <p>Implementations: child processes on one machine; {@code GameServer} resources in a cluster.
 */
public interface Backend {
    /**
     * Starts a server, and returns once it is on its way; that it is ready, it says itself.
     *
     * @throws LaunchException when it cannot be started, with the reason for a person
     */
    Placement start(Launch launch) throws LaunchException;

    /** Where a server is and which key it proves, whichever director started it; empty: there is no such server. */
    Optional<Placement> find(String serverId);

    /**
     * Takes over the servers that a director left behind, and clears up what is left of dead ones. Called at start and
     * every few seconds.
     *
     * @return the servers that became this director's to hand out
     */
    List<Placement> adopt();

    /** Asks the server to end, then makes it: it is gone within the backend's grace. Nothing if there is none. */
    void stop(String serverId);

    /** Who is told when one of this director's servers is gone, for whatever reason. Set once, before anything starts. */
    void onExit(Consumer<ServerExit> listener);
}
