package dev.paddock.director.match;

import dev.paddock.director.backend.Backend;
import dev.paddock.director.backend.Launch;
import dev.paddock.director.backend.LaunchException;
import dev.paddock.director.backend.Placement;
import dev.paddock.director.bus.ServerCredentials;
import dev.paddock.director.fleet.ServerBook;
import dev.paddock.director.key.KeyPool;
import dev.paddock.director.mode.KnownMode;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.match.StartMatch;
import dev.paddock.protocol.match.StartReply;
import dev.paddock.protocol.server.Assignment;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Stop 5, <b>started</b>: a new server, with a key and credentials of its own; with its match if it is a cold start. */
@Singleton
public final class StartedStop {
    private final Backend backend;
    private final ServerBook book;
    private final KeyPool keys;
    private final ServerCredentials credentials;
    private final Stops stops;
    private final InstantSource time;

    StartedStop(
            Backend backend,
            ServerBook book,
            KeyPool keys,
            ServerCredentials credentials,
            Stops stops,
            InstantSource time) {
        this.backend = backend;
        this.book = book;
        this.keys = keys;
        this.credentials = credentials;
        this.stops = stops;
        this.time = time;
    }

    /** What a server would be called that is started for this attempt. */
    String nameOf(StartMatch request) {
        return backend.nameOfColdStart(request.matchId(), request.attempt());
    }

    /** Starts a server that the book has declared; without an assignment it is a standby. */
    public StartReply start(String serverId, KnownMode mode, Optional<Assignment> assignment) throws LaunchException {
        long from = System.nanoTime();
        boolean isUp = false;
        try {
            Launch launch = new Launch(serverId, mode, keys.take(), credentials.forServer(serverId), assignment);
            Placement placement = backend.start(launch);
            isUp = true;
            StartReply reply = book.started(placement, time.instant());
            assignment.ifPresent(match -> stops.passed(
                    Stop.STARTED,
                    match.matchId(),
                    match.mode(),
                    serverId,
                    false,
                    Duration.ofNanos(System.nanoTime() - from)));
            return reply;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted", e);
        } finally {
            if (!isUp) {
                book.notStarted(serverId);
            }
        }
    }
}
