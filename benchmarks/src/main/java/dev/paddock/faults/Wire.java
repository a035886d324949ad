package dev.paddock.faults;

import dev.paddock.protocol.Json;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one manager reaches Redis.
 *
 * @param uris one, or several of a cluster
 * @param link null on a cluster, whose servers tell each client their own addresses
 */
record Wire(List<URI> uris, @Nullable Link link) {
    Wire {
        uris = List.copyOf(uris);
    }

    /** As a manager's settings say it. */
    String yaml() {
        return uris.size() == 1 ? "uri: " + Json.text(uris.getFirst()) : "uris: " + Json.text(uris);
    }
}
