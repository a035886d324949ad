package dev.paddock.director.backend;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where game servers run. A server is told apart by its id alone; everything here may be said twice.
 *
 * <p>Implementations: {@link dev.paddock.director.process.ProcessBackend child processes} of one machine, {@link
 * dev.paddock.director.kubernetes.KubernetesBackend GameServer resources} in a cluster.
 */
public interface Backend {
    /**
     * Starts a server, and returns once it is on its way; that it is ready, it says itself.
     *
     * @throws LaunchException when it cannot be started, with the reason for a person
     */
    Placement start(Launch launch) throws LaunchException;

    /**
     * The name of a server that is started for a match: where others can see it, the same for the same attempt, so that a
     * director that is asked again finds what another one has begun.
     */
    String nameOfColdStart(String matchId, int attempt);

    /** Where a server is and which key it proves, whichever director started it; empty: there is no such server. */
    Optional<Placement> find(String serverId);

    /** Whether all servers that others have started can be found by now; before, nothing can be said of any. */
    boolean hasRead();

    /**
     * Takes over the servers that a director left behind, and clears up what is left of dead ones. Called at start and
     * every few seconds.
     *
     * @return the servers that became this director's to hand out
     */
    List<Placement> adopt();

    /** Asks the server to end, then makes it: it is gone within the backend's grace. Nothing if there is none. */
    void stop(String serverId);

    /** How many servers there may be at one time. */
    int maxServers();

    /** On which node the next match is best, where there are several. */
    Packing packing();

    /** How many standbys may be started at one time, so that matches that run are left in peace. */
    int mostStarts();

    /** Whether the servers stay when this director goes, since others hand them out too. */
    boolean outlivesDirectors();

    /** Whether this director is the one that keeps standbys up; where several hand out the same servers, it is one of them. */
    boolean keepsStandbys();

    /** Who is told when something else is true of a server's place, since its node is leaving, say. Set once, before anything starts. */
    void onMoved(Consumer<Placement> listener);

    /** Who is told when one of this director's servers is gone, for whatever reason. Set once, before anything starts. */
    void onExit(Consumer<ServerExit> listener);
}
