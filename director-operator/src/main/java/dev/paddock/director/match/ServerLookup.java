package dev.paddock.director.match;

import dev.paddock.director.backend.Backend;
import dev.paddock.director.backend.Placement;
import dev.paddock.director.fleet.ServerBook;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the backend about a server that spoke and that the book does not know: another director's, or an adopted one. */
@Singleton
final class ServerLookup {
    private static final Logger LOG = LoggerFactory.getLogger(ServerLookup.class);

    private final Backend backend;
    private final ServerBook book;
    private final InstantSource time;

    ServerLookup(Backend backend, ServerBook book, InstantSource time) {
        this.backend = backend;
        this.book = book;
        this.time = time;
    }

    /** Whether the backend has it; then the book knows it now. */
    boolean find(String serverId) {
        Optional<Placement> placement = backend.find(serverId);
        placement.ifPresent(found -> book.learn(found, time.instant()));
        if (placement.isEmpty()) {
            LOG.debug("a server spoke that no backend of this director has serverId={}", serverId);
        }
        return placement.isPresent();
    }
}
