package dev.paddock.manager.socket;

import dev.paddock.manager.account.Caller;
import dev.paddock.manager.account.LoginSessions;
import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.bus.Envelope;
import dev.paddock.manager.ticket.LostSockets;
import dev.paddock.protocol.Heard;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.frame.PlayerEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every socket of this replica, by player. A player's subject is subscribed once, however many sockets there are, and
 * before the player's state is read: what changes meanwhile is held back and comes after the {@code Welcome}, so nothing
 * falls between.
 *
 * <pre>
 * opened ─▶ subscribe ─▶ NATS has it ─▶ read state ─▶ Welcome (and PlayerMatched) ─▶ what was held back ─▶ live
 * </pre>
 *
 * <p>After a loss everyone is greeted again: see {@link Losses}.
 */
@Singleton
final class Sockets {
    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);
    private static final Duration SUBSCRIBED_WITHIN = Duration.ofSeconds(1);

    /** Greetings at a time: after a replica has died, all of its players come at once. */
    static final int MOST_GREETINGS = 256;

    private final Bus bus;
    private final Greeting greeting;
    private final Frames frames;
    private final LoginSessions sessions;
    private final SocketSettings settings;
    private final LostSockets lostSockets;
    private final ConcurrentMap<String, PlayerSockets> byPlayer = new ConcurrentHashMap<>();

    /** Who holds a permit is greeting somebody. */
    final Semaphore greetings = new Semaphore(MOST_GREETINGS);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    Sockets(
            Bus bus,
            Greeting greeting,
            Frames frames,
            LoginSessions sessions,
            SocketSettings settings,
            LostSockets lostSockets) {
        this.bus = bus;
        this.greeting = greeting;
        this.frames = frames;
        this.sessions = sessions;
        this.settings = settings;
        this.lostSockets = lostSockets;
    }

    /** How many players have a socket here. */
    int players() {
        return byPlayer.size();
    }

    /** Everyone's whole state, once more: nobody knows what they missed, or what of it still holds. */
    void greetAnew() {
        byPlayer.values().forEach(player -> player.all().forEach(this::greetLater));
    }

    /** Event loop: returns at once. */
    void opened(PlayerSocket socket) {
        executor.execute(() -> {
            add(socket);
            if (socket.isClosing()) {
                // Its end may have been noted before its beginning.
                remove(socket);
                return;
            }
            // First: a greeting may wait for its turn or for NATS, and a waiting ticket must not end for that.
            note(socket, lostSockets::back);
            greet(socket);
        });
    }

    /** Event loop: returns at once. */
    void closed(PlayerSocket socket) {
        executor.execute(() -> {
            if (remove(socket)) {
                note(socket, lostSockets::lost);
            }
        });
    }

    private void add(PlayerSocket socket) {
        byPlayer.compute(socket.caller().playerId(), (playerId, known) -> {
            PlayerSockets sockets = known == null ? subscribe(playerId) : known;
            PlayerSocket oldest = sockets.add(socket, settings.mostPerPlayer());
            if (oldest != null) {
                oldest.close(Closing.TOO_MANY);
            }
            return sockets;
        });
    }

    /** Whether it was the player's last one here. */
    private boolean remove(PlayerSocket socket) {
        return byPlayer.computeIfPresent(
                        socket.caller().playerId(), (playerId, sockets) -> sockets.remove(socket) ? null : sockets)
                == null;
    }

    /** What is not noted while Redis is away, the next census finds. */
    private static void note(PlayerSocket socket, Consumer<String> how) {
        String playerId = socket.caller().playerId();
        try {
            how.accept(playerId);
        } catch (Exception e) {
            LOG.warn("not noted whether a socket is there playerId={} why={}", playerId, e.toString());
        }
    }

    private PlayerSockets subscribe(String playerId) {
        return new PlayerSockets(bus.follow(Subjects.player(playerId), envelope -> hear(playerId, envelope)));
    }

    private void greetLater(PlayerSocket socket) {
        executor.execute(() -> greet(socket));
    }

    private void greet(PlayerSocket socket) {
        Caller caller = socket.caller();
        try {
            greetings.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            if (!bus.flush(SUBSCRIBED_WITHIN)) {
                // Greeted all the same; once NATS is back, everyone is greeted again.
                LOG.warn("greeted without NATS playerId={}", caller.playerId());
            }
            if (sessions.isLive(caller.jti())) {
                socket.greet(greeting.of(caller));
            } else {
                socket.close(Closing.LOGGED_OUT);
            }
        } catch (Exception e) {
            LOG.warn("not greeted playerId={} why={}", caller.playerId(), e.toString());
            socket.close(Closing.BROKEN);
        } finally {
            greetings.release();
        }
    }

    /** A thread that many players share: must not block. */
    private void hear(String playerId, Envelope envelope) {
        PlayerSockets sockets = byPlayer.get(playerId);
        if (sockets == null) {
            return;
        }
        switch (envelope.read(PlayerEvent.class)) {
            case PlayerEvent.Push(var frame) -> sockets.send(frames.of(frame, playerId));
            case PlayerEvent.AreYouThere() -> envelope.answer(new Heard());
            case PlayerEvent.LoggedOut(String jti) -> sockets.loggedOut(jti);
        }
    }
}
