package dev.paddock.manager.bus;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects at start, and holds up nothing when NATS is away: then it goes on trying in a thread of its own, and what is
 * subscribed meanwhile is heard as soon as NATS is there, as after any other outage.
 */
final class FirstConnection {
    /** Longer than one attempt may take. */
    private static final Duration AT_START = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(FirstConnection.class);

    private final String url;
    private final CompletableFuture<Connection> made = new CompletableFuture<>();
    /** jnats hands out a connection that was not made yet only here: with the first attempt that fails. */
    private final CompletableFuture<Connection> unmade = new CompletableFuture<>();

    private FirstConnection(NatsSettings settings) {
        // The address may hold a password.
        this.url = settings.url().replaceAll("//[^@/,]*@", "//");
    }

    static Connection to(NatsSettings settings, Options.Builder options) {
        return new FirstConnection(settings).connect(options);
    }

    private Connection connect(Options.Builder builder) {
        Options options = builder.errorListener(new Errors()).build();
        Thread.ofPlatform().name("nats-first-connection").daemon(true).start(() -> run(options));
        try {
            Connection connection = made.get(AT_START.toMillis(), TimeUnit.MILLISECONDS);
            if (isRefused(connection)) {
                throw new IllegalStateException("NATS at " + url + " refuses these credentials: set"
                        + " paddock.nats.creds-file (PADDOCK_NATS_CREDS_FILE) to a user that it knows.");
            }
            return connection;
        } catch (TimeoutException e) {
            LOG.warn("NATS at {} cannot be reached; trying on until it can", url);
            var unused = made.thenAccept(this::late);
            return unmade.orTimeout(AT_START.toSeconds(), TimeUnit.SECONDS).join();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot use NATS at " + url + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while connecting to NATS", e);
        }
    }

    private void run(Options options) {
        try {
            made.complete(Nats.connectReconnectOnConnect(options));
        } catch (IOException | RuntimeException e) {
            made.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            made.completeExceptionally(e);
        }
    }

    private void late(Connection connection) {
        if (isRefused(connection)) {
            LOG.error("NATS at {} refuses these credentials; set paddock.nats.creds-file and start again", url);
            return;
        }
        LOG.info("NATS at {} is reached", url);
    }

    /** jnats gives up for ever on credentials that were refused twice. */
    private static boolean isRefused(Connection connection) {
        String error = connection.getLastError();
        return connection.getStatus() == Connection.Status.CLOSED && error != null && !error.isEmpty();
    }

    private final class Errors implements ErrorListener {
        @Override
        public void errorOccurred(Connection connection, String error) {
            LOG.warn("nats error={}", error);
        }

        @Override
        public void exceptionOccurred(Connection connection, Exception exception) {
            unmade.complete(connection);
        }
    }
}
