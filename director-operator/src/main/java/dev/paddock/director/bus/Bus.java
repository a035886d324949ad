package dev.paddock.director.bus;

import dev.paddock.director.fault.FaultPoints;
import dev.paddock.protocol.Json;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.nats.client.Nats;
import io.nats.client.Options;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * NATS as the director uses it: records of {@code protocol} out and in. Reconnects for ever. Handlers run on virtual
 * threads, at most {@link #MOST_HANDLERS} at a time for each subscription; then the reader waits, and NATS holds the rest.
 */
@Singleton
public final class Bus implements AutoCloseable {
    static final int MOST_HANDLERS = 256;
    private static final Pattern ID = Pattern.compile("^paddock\\.(\\w+)\\.[^.]+\\.");
    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);

    private final FaultPoints faults;
    private final Connection connection;
    private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Runnable> onConnect = new CopyOnWriteArrayList<>();

    public Bus(NatsSettings settings, FaultPoints faults) {
        this.faults = faults;
        this.connection = connect(settings);
    }

    public boolean isConnected() {
        return connection.getStatus() == Connection.Status.CONNECTED;
    }

    /** Runs {@code action}, on a thread of its own, whenever the connection was made again. */
    public void onReconnect(Runnable action) {
        onConnect.add(action);
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws NoAnswerException when there is none in time, or nobody listens
     */
    public <T> T request(String subject, Object value, Class<T> answer, Duration longest) throws NoAnswerException {
        try {
            faults.before("REQUEST " + kind(subject));
            Message message = connection.request(subject, Json.bytes(value), longest);
            if (message == null) {
                throw new NoAnswerException("nobody answered " + subject + " within " + longest.toMillis() + " ms");
            }
            if (message.isStatusMessage()) {
                throw new NoAnswerException("nobody listens on " + subject);
            }
            faults.after("REQUEST " + kind(subject));
            return Json.read(message.getData(), answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("interrupted while waiting on " + subject);
        } catch (IllegalStateException e) {
            // jnats throws this while it is closed or its reconnect buffer is full.
            throw new NoAnswerException("no connection to NATS for " + subject + ": " + e.getMessage());
        }
    }

    /**
     * Hears a subject, until the bus is closed or the returned handle is.
     *
     * @param queueGroup the group of which one member gets each message; null: this listener gets every one
     */
    public Subscription subscribe(String subject, @Nullable String queueGroup, Consumer<Envelope> handler) {
        Dispatcher dispatcher = connection.createDispatcher(bounded(subject, handler));
        if (queueGroup == null) {
            dispatcher.subscribe(subject);
        } else {
            dispatcher.subscribe(subject, queueGroup);
        }
        return () -> {
            if (connection.getStatus() != Connection.Status.CLOSED) {
                connection.closeDispatcher(dispatcher);
            }
        };
    }

    /** A KV bucket, made if it is not there. */
    public Bucket bucket(String name) {
        return new Bucket(connection, name, faults);
    }

    @Override
    @PreDestroy
    public void close() {
        // A handler may be telling a deaf manager for a minute; the server repeats it to the next director.
        handlers.shutdownNow();
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What ends a subscription. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** {@code server.*.assign}: without the id that is in all subjects. */
    static String kind(String subject) {
        return ID.matcher(subject).replaceFirst("$1.*.");
    }

    private MessageHandler bounded(String subject, Consumer<Envelope> handler) {
        Semaphore places = new Semaphore(MOST_HANDLERS);
        return message -> {
            places.acquire();
            if (handlers.isShutdown()) {
                return;
            }
            handlers.execute(() -> {
                try {
                    handler.accept(new Envelope(connection, message, faults));
                } catch (Exception e) {
                    LOG.error("a handler failed subject={} of={}", message.getSubject(), subject, e);
                } finally {
                    places.release();
                }
            });
        };
    }

    private void connectionEvent(ConnectionListener.Events event) {
        LOG.info("nats event={}", event);
        if (event == ConnectionListener.Events.CONNECTED || event == ConnectionListener.Events.RECONNECTED) {
            onConnect.stream().filter(action -> !handlers.isShutdown()).forEach(handlers::execute);
        }
    }

    private Connection connect(NatsSettings settings) {
        Options.Builder options = Options.builder()
                .server(settings.url())
                .connectionName("director")
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(250))
                .connectionTimeout(Duration.ofSeconds(2))
                .pingInterval(Duration.ofSeconds(5))
                .connectionListener((connection, event) -> connectionEvent(event));
        String credsFile = settings.credsFile();
        if (credsFile != null) {
            options.authHandler(Nats.credentials(credsFile));
        }
        // Starts even while NATS is away: running servers are looked after, and readiness says what is missing.
        return FirstConnection.to(settings, options);
    }
}
