package dev.paddock.manager.bus;

import dev.paddock.manager.redis.RedisUnavailableException;
import dev.paddock.protocol.Json;
import io.micronaut.context.annotation.Context;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatcher;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * NATS as the manager uses it: records of {@code protocol} out and in. Reconnects for ever. Handlers run on virtual
 * threads, at most {@link #MOST_HANDLERS} at a time for each subscription; then the reader waits, and NATS holds the rest.
 */
@Context
public final class Bus implements AutoCloseable {
    static final int MOST_HANDLERS = 256;

    /** Threads that {@link #follow} shares out, however many subjects are followed. */
    private static final int SHARED_DISPATCHERS = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);

    private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Runnable> onReconnect = new CopyOnWriteArrayList<>();
    private final List<Dispatcher> shared;
    private final Connection connection;
    private final Flushing flushing;

    Bus(NatsSettings settings) {
        this.connection = connect(settings, this::changed);
        this.flushing = new Flushing(connection);
        this.shared = Stream.generate(connection::createDispatcher)
                .limit(SHARED_DISPATCHERS)
                .toList();
    }

    public boolean isConnected() {
        return connection.getStatus() == Connection.Status.CONNECTED;
    }

    public void publish(String subject, Object value) {
        connection.publish(subject, Json.bytes(value));
    }

    /** The same to many; written as JSON once. */
    public void publish(Collection<String> subjects, Object value) {
        byte[] json = Json.bytes(value);
        subjects.forEach(subject -> connection.publish(subject, json));
    }

    /** Waits until the server has everything that was published before; whether it was so in time. */
    public boolean flush(Duration longest) {
        return flushing.flush(longest);
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws NoAnswerException when there is none in time, or nobody listens
     */
    public <T> T request(String subject, Object value, Class<T> answer, Duration longest) throws NoAnswerException {
        try {
            Message message = connection.request(subject, Json.bytes(value), longest);
            if (message == null) {
                throw new NoAnswerException("nobody answered " + subject + " within " + longest.toMillis() + " ms");
            }
            if (message.isStatusMessage()) {
                throw new NoAnswerException("nobody listens on " + subject);
            }
            return Json.read(message.getData(), answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("interrupted while waiting on " + subject);
        }
    }

    /** Whether somebody listens to a subject. */
    public enum Listening {
        YES,
        /** NATS has said so. */
        NOBODY,
        /** There was no answer, or NATS is away, or has just come back: who listens may not have said so again. */
        UNKNOWN
    }

    /** Asks whether anybody listens and answers. */
    public Listening listens(String subject, Object question, Duration longest) {
        long before = connection.getStatistics().getReconnects();
        CompletableFuture<Message> answer = connection.request(subject, Json.bytes(question));
        try {
            return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS).isStatusMessage()
                    ? Listening.NOBODY
                    : Listening.YES;
        } catch (CancellationException e) {
            // How jnats says it, if the server says that there are no responders; and if the connection is gone.
            boolean stayed = isConnected() && connection.getStatistics().getReconnects() == before;
            return stayed ? Listening.NOBODY : Listening.UNKNOWN;
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            return Listening.UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Listening.UNKNOWN;
        }
    }

    /**
     * Hears a subject, until the returned handle is closed.
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
        return () -> connection.closeDispatcher(dispatcher);
    }

    /**
     * Hears a subject that is one of very many, in order, until the returned handle is closed. Costs no thread: the
     * handler runs on one that many subjects share, and so must not block.
     */
    public Subscription follow(String subject, Consumer<Envelope> handler) {
        Dispatcher dispatcher = shared.get(Math.floorMod(subject.hashCode(), shared.size()));
        var subscription = dispatcher.subscribe(subject, message -> handle(subject, handler, message));
        return () -> {
            // A closed connection has let go of its subscriptions already, and says so by an exception.
            if (dispatcher.isActive()) {
                dispatcher.unsubscribe(subscription);
            }
        };
    }

    /**
     * Calls when the connection is there again after it was lost and every subscription is in place: what was published
     * by others meanwhile was missed.
     */
    public void onReconnect(Runnable listener) {
        onReconnect.add(listener);
    }

    /**
     * Follows a KV bucket: first every key it has, then every change, in order.
     *
     * @param onChange key and value; a null value: the key is gone
     * @throws IOException if the bucket is not there or cannot be read (yet)
     */
    public Subscription watch(String bucket, BiConsumer<String, byte @Nullable []> onChange) throws IOException {
        try {
            var subscription = connection.keyValue(bucket).watchAll(new Watcher(onChange));
            return () -> {
                try {
                    subscription.close();
                } catch (Exception e) {
                    throw new IllegalStateException("cannot stop watching " + bucket, e);
                }
            };
        } catch (JetStreamApiException e) {
            throw new IOException("KV bucket " + bucket + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    @PreDestroy
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        handlers.close();
    }

    /** What ends a subscription. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    private MessageHandler bounded(String subject, Consumer<Envelope> handler) {
        Semaphore places = new Semaphore(MOST_HANDLERS);
        return message -> {
            places.acquire();
            handlers.execute(() -> {
                try {
                    handle(subject, handler, message);
                } finally {
                    places.release();
                }
            });
        };
    }

    private void handle(String subject, Consumer<Envelope> handler, Message message) {
        try {
            handler.accept(new Envelope(connection, message));
        } catch (RedisUnavailableException e) {
            // Of everything that comes while Redis is away: no trace, there may be thousands.
            LOG.warn("not handled subject={} of={} why={}", message.getSubject(), subject, e.getMessage());
        } catch (Exception e) {
            LOG.error("a handler failed subject={} of={}", message.getSubject(), subject, e);
        }
    }

    private void changed(ConnectionListener.Events event) {
        LOG.info("nats event={}", event);
        if (event == ConnectionListener.Events.RESUBSCRIBED) {
            onReconnect.forEach(handlers::execute);
        }
    }

    private static Connection connect(NatsSettings settings, Consumer<ConnectionListener.Events> changed) {
        Options.Builder options = Options.builder()
                .server(settings.url())
                .connectionName("game-manager")
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(250))
                .connectionTimeout(Duration.ofSeconds(2))
                .pingInterval(Duration.ofSeconds(5))
                .connectionListener((connection, event) -> changed.accept(event));
        String credsFile = settings.credsFile();
        if (credsFile != null) {
            options.authHandler(Nats.credentials(credsFile));
        }
        // Starts even while NATS is away: the players' state is in Redis, and readiness says what is missing.
        return FirstConnection.to(settings, options);
    }

    private record Watcher(BiConsumer<String, byte @Nullable []> onChange) implements KeyValueWatcher {
        @Override
        public void watch(KeyValueEntry entry) {
            boolean put = entry.getOperation() == KeyValueOperation.PUT;
            onChange.accept(entry.getKey(), put ? entry.getValue() : null);
        }

        @Override
        public void endOfData() {
            // Every change is acted on as it comes; where the past ends makes no difference.
        }
    }
}
