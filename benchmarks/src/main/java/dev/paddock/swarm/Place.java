package dev.paddock.swarm;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a swarm works.
 *
 * @param nats address of the server
 * @param credentials of a director
 * @param region of which this swarm is the only director
 */
public record Place(String nats, Path credentials, String region) {
    private static final Duration AGAIN = Duration.ofMillis(200);

    /** A connection that comes back by itself, however long NATS is away. */
    Connection connect() {
        Options options = Options.builder()
                .server(nats)
                .authHandler(Nats.credentials(credentials.toString()))
                .maxReconnects(-1)
                .reconnectWait(AGAIN)
                .pingInterval(Duration.ofSeconds(2))
                // An answer that is said after NATS was away is refused, and the manager asks again.
                .errorListener(new ErrorListener() {})
                .build();
        try {
            return Nats.connect(options);
        } catch (IOException e) {
            throw new UncheckedIOException("no NATS at " + nats, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while connecting to NATS", e);
        }
    }
}
