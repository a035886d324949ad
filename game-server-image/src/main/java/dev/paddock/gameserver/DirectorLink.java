package dev.paddock.gameserver;

import dev.paddock.protocol.Heard;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.MalformedException;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.match.SeatPlayers;
import dev.paddock.protocol.server.Assignment;
import dev.paddock.protocol.server.Retire;
import dev.paddock.protocol.server.ServerConfig;
import dev.paddock.protocol.server.ServerEvent;
import dev.paddock.protocol.server.ServerReply;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.Dispatcher;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line to the directors, over NATS. What is said here is said once; {@link ServerLife} repeats it. While NATS is
 * away nothing is kept for later: what matters is repeated, and an old heartbeat is a lie.
 *
 * <p>Answers to {@code ready}, {@code seats} and {@code ended} come on {@code paddock.server.<serverId>.inbox.<word of what was
 * said>.<number>}, so one that arrives late still counts. The number makes each a subject of its own: a director may
 * answer once on each.
 */
final class DirectorLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectorLink.class);
    private static final Duration RECONNECT_WAIT = Duration.ofMillis(250);
    private static final Duration RECONNECT_JITTER = Duration.ofMillis(250);
    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(1);

    private final ServerConfig config;
    private final @Nullable Path credentials;
    private final BiConsumer<LifeEvent, Answer> events;
    private final AtomicLong sayings = new AtomicLong();
    private volatile @Nullable Connection connection;

    /** @param events gets what directors say, and where the answer goes; called on NATS' threads */
    DirectorLink(ServerConfig config, @Nullable Path credentials, BiConsumer<LifeEvent, Answer> events) {
        this.config = config;
        this.credentials = credentials;
        this.events = events;
    }

    /** Where the answer to a request goes. */
    @FunctionalInterface
    interface Answer {
        /** For what nobody waits to hear. */
        Answer NOBODY = _ -> {};

        void send(ServerReply reply);
    }

    /** Connects, on a thread of its own, for as long as it takes. */
    void connect() {
        Thread.ofPlatform().daemon().name("nats-connect").start(this::connectNow);
    }

    /** Says {@code ready}, {@code seats} or {@code ended}, and takes the answer as {@link LifeEvent.Heard}; false without NATS. */
    boolean say(Said said, ServerEvent event) {
        String number = event instanceof ServerEvent.Seats seats ? seats.number() + "-" : "";
        String inbox = Subjects.serverInbox(config.serverId()) + said.word() + "." + number + sayings.incrementAndGet();
        return publish(subject(event), inbox, event);
    }

    /** Says a heartbeat. */
    void beat(ServerEvent.Heartbeat heartbeat) {
        publish(subject(heartbeat), null, heartbeat);
    }

    /**
     * Asks itself over NATS, as a director would, to take a match. The way there and back is the real one; it must be a
     * match of another mode, which this server refuses.
     */
    void askItself(Assignment ofAnotherMode) {
        Connection open = connection;
        if (open == null) {
            return;
        }
        try {
            open.request(Subjects.serverAssign(config.serverId()), Json.bytes(ofAnotherMode), ANSWER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            LOG.debug("NATS went away just now: serverId={}", config.serverId(), e);
        }
    }

    /** Everything that was said is on its way when this returns, if NATS is there. */
    @Override
    public void close() throws InterruptedException {
        Connection open = connection;
        if (open == null) {
            return;
        }
        try {
            if (open.getStatus() == Connection.Status.CONNECTED) {
                open.flush(FLUSH);
            }
        } catch (java.util.concurrent.TimeoutException e) {
            LOG.warn("The last words may not have reached NATS: serverId={}", config.serverId());
        }
        open.close();
    }

    private String subject(ServerEvent event) {
        return switch (event) {
            case ServerEvent.Ready _ -> Subjects.serverReady(config.serverId());
            case ServerEvent.Heartbeat _ -> Subjects.serverHeartbeat(config.serverId());
            case ServerEvent.Seats _ -> Subjects.serverSeats(config.serverId());
            case ServerEvent.Ended _ -> Subjects.serverEnded(config.serverId());
        };
    }

    private boolean publish(String subject, @Nullable String replyTo, Object frame) {
        Connection open = connection;
        if (open == null || open.getStatus() != Connection.Status.CONNECTED) {
            return false;
        }
        try {
            open.publish(subject, replyTo, Json.bytes(frame));
            return true;
        } catch (IllegalStateException e) {
            LOG.debug("NATS went away just now: subject={}", subject, e);
            return false;
        }
    }

    private void connectNow() {
        Options.Builder options = new Options.Builder()
                .server(config.natsUrl())
                .connectionName(config.serverId())
                .inboxPrefix(Subjects.serverInbox(config.serverId()))
                .maxReconnects(-1)
                .reconnectWait(RECONNECT_WAIT)
                .reconnectJitter(RECONNECT_JITTER)
                .reconnectBufferSize(0)
                .connectionListener(new StateLog())
                .errorListener(new ErrorLog());
        if (credentials != null) {
            options.authHandler(new NatsCredentials(credentials));
        }
        try {
            listen(Nats.connectReconnectOnConnect(options.build()));
        } catch (IOException e) {
            LOG.error(
                    "NATS cannot be used: serverId={} url={} why={}",
                    config.serverId(),
                    config.natsUrl(),
                    e.toString());
            events.accept(new LifeEvent.LinkRefused(), Answer.NOBODY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen(Connection open) {
        String id = config.serverId();
        Dispatcher dispatcher = open.createDispatcher();
        dispatcher.subscribe(Subjects.serverAssign(id), this::onAssign);
        dispatcher.subscribe(Subjects.serverSeat(id), this::onSeat);
        dispatcher.subscribe(Subjects.serverRetire(id), this::onRetire);
        dispatcher.subscribe(Subjects.serverInbox(id) + "*.*", this::onAnswer);
        connection = open;
        LOG.info("Connected to NATS: serverId={} url={}", id, config.natsUrl());
        events.accept(new LifeEvent.LinkUp(), Answer.NOBODY);
    }

    private void onAssign(Message message) {
        LifeEvent event;
        try {
            event = new LifeEvent.Assign(Json.read(message.getData(), Assignment.class));
        } catch (MalformedException e) {
            event = new LifeEvent.BadRequest();
        }
        events.accept(event, answerTo(message));
    }

    private void onSeat(Message message) {
        LifeEvent event;
        try {
            event = new LifeEvent.Seat(Json.read(message.getData(), SeatPlayers.class));
        } catch (MalformedException e) {
            event = new LifeEvent.BadRequest();
        }
        events.accept(event, answerTo(message));
    }

    private void onRetire(Message message) {
        LifeEvent event;
        try {
            event = new LifeEvent.Retire(
                    Json.read(message.getData(), Retire.class).why());
        } catch (MalformedException e) {
            event = new LifeEvent.BadRequest();
        }
        events.accept(event, answerTo(message));
    }

    private void onAnswer(Message message) {
        if (message.isStatusMessage()) {
            // "No responders": no director listens just now.
            return;
        }
        try {
            Json.read(message.getData(), Heard.class);
        } catch (MalformedException e) {
            LOG.warn("An answer that is not Heard: subject={}", message.getSubject());
            return;
        }
        for (Said said : Said.values()) {
            String prefix = Subjects.serverInbox(config.serverId()) + said.word() + ".";
            if (message.getSubject().startsWith(prefix)) {
                events.accept(heard(said, message.getSubject().substring(prefix.length())), Answer.NOBODY);
            }
        }
    }

    private static LifeEvent heard(Said said, String number) {
        return said == Said.SEATS
                ? new LifeEvent.SeatsHeard(Integer.parseInt(number.substring(0, number.indexOf('-'))))
                : new LifeEvent.Heard(said);
    }

    private Answer answerTo(Message message) {
        String replyTo = message.getReplyTo();
        return replyTo == null ? Answer.NOBODY : reply -> publish(replyTo, null, reply);
    }

    private final class StateLog implements ConnectionListener {
        @Override
        public void connectionEvent(Connection of, Events event) {
            LOG.info("NATS: serverId={} event={}", config.serverId(), event);
            if (event == Events.RESUBSCRIBED) {
                // Only now answers to what we say reach us again.
                events.accept(new LifeEvent.LinkUp(), Answer.NOBODY);
            }
            if (event == Events.CLOSED) {
                // Never by lost servers, of which it tries endlessly: the credentials were refused, or we close.
                events.accept(new LifeEvent.LinkRefused(), Answer.NOBODY);
            }
        }
    }

    private static final class ErrorLog implements ErrorListener {
        @Override
        public void errorOccurred(Connection of, String error) {
            LOG.warn("NATS reports: error={}", error);
        }

        @Override
        public void exceptionOccurred(Connection of, Exception e) {
            LOG.debug("NATS connection trouble: why={}", e.toString());
        }

        @Override
        public void slowConsumerDetected(Connection of, Consumer consumer) {
            LOG.warn("NATS reports a slow consumer");
        }
    }
}
