package dev.paddock.manager.ticket;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.Script;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.frame.PlayerEvent;
import dev.paddock.protocol.frame.TicketState;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends tickets whose player has been without a socket for longer than the mode's {@code lostSocketGrace}:
 *
 * <pre>
 * last socket closed ──▶ lost, until the grace ends ──▶ is a socket anywhere? ──▶ no: asked, once more ──▶ no: CANCELLED
 *                             ▲        └ a socket came: forgotten      └─ yes: forgotten      └─ yes: forgotten
 *   census: nobody there ─────┘
 * </pre>
 *
 * A player who waits costs Redis nothing: it is asked when a socket closes, and when a grace ends. A replica that is killed
 * notes no socket as closed; so the holder of a mode's lease takes a census, which asks NATS alone, once a grace (at least
 * {@link #LEAST_BETWEEN} apart), and notes whom nobody has a socket of. Such a ticket ends later by that much. Silence is no
 * answer: only if nobody at all listens for a player, the player is gone; and only if that is so twice, {@link #ASK_AGAIN_AFTER}
 * apart, as a replica that has just lost NATS and found it again listens for nobody for a moment.
 *
 * <table>
 * <caption>Redis keys</caption>
 * <tr><th>key</th><th>type</th><th>holds</th><th>lives</th></tr>
 * <tr><td>{@code paddock:lost-sockets}</td><td>ZSET</td><td>playerId → when the grace ends, ms; {@code asked:<playerId>} → when to
 *     ask for the second time</td><td>until a socket comes, or
 *     the grace has ended; 25 h after the last change</td></tr>
 * </table>
 */
@Singleton
public final class LostSockets {
    /** Reason of a ticket whose player is gone; see {@link dev.paddock.protocol.frame.TicketView}. */
    static final String NO_SOCKET = "no-socket";

    static final Duration LEAST_BETWEEN = Duration.ofSeconds(30);

    /** Longer than a replica takes to find NATS again and say whom it listens for. */
    static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(3);

    /** Before the id of a player who was asked for once; as {@code back.lua} has it. */
    static final String ASKED = "asked:";

    private static final String KEY = "paddock:lost-sockets";
    private static final Script LOST = Script.of(LostSockets.class, "lost.lua");
    private static final Script BACK = Script.of(LostSockets.class, "back.lua");
    private static final Script DUE = Script.of(LostSockets.class, "due.lua");

    static final List<Script> SCRIPTS = List.of(LOST, BACK, DUE);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);
    private static final int MOST_DUE = 500;
    private static final int MOST_QUESTIONS = 32;
    private static final Logger LOG = LoggerFactory.getLogger(LostSockets.class);

    private final Redis redis;
    private final Bus bus;
    private final Modes modes;
    private final Tickets tickets;
    private final InstantSource time;
    private final Map<String, Instant> nextCensus = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    LostSockets(Redis redis, Bus bus, Modes modes, Tickets tickets, InstantSource time) {
        this.redis = redis;
        this.bus = bus;
        this.modes = modes;
        this.tickets = tickets;
        this.time = time;
    }

    @EventListener
    void start(StartupEvent event) {
        Thread.ofVirtual().name("lost sockets").start(this::look);
    }

    @PreDestroy
    void close() {
        closed.countDown();
    }

    /** The player's last socket on this replica has closed. Blocks. */
    public void lost(String playerId) {
        if (nobodyCares()) {
            return;
        }
        waitingOf(playerId).flatMap(this::grace).ifPresent(grace -> note(playerId, grace, "latest"));
    }

    /** The player has opened a socket here. Blocks. */
    public void back(String playerId) {
        if (!nobodyCares()) {
            redis.runForNumber(BACK, List.of(KEY), List.of(playerId));
        }
    }

    /**
     * Notes of whom nobody has a socket, if it is time for it. For the holder of the mode's lease.
     *
     * @param waiting all who have waited for some time
     */
    public void census(String mode, List<Ticket> waiting) {
        Duration grace = modes.known(mode)
                .map(known -> known.matching().lostSocketGrace())
                .orElse(null);
        Instant now = time.instant();
        if (grace == null || now.isBefore(nextCensus.getOrDefault(mode, Instant.MIN))) {
            return;
        }
        List<String> playerIds = waiting.stream()
                .filter(ticket -> !ticket.createdAt().plus(grace).isAfter(now))
                .flatMap(ticket -> ticket.players().stream())
                .map(TicketPlayer::playerId)
                .toList();
        if (playerIds.isEmpty()) {
            return;
        }
        Duration between = grace.compareTo(LEAST_BETWEEN) > 0 ? grace : LEAST_BETWEEN;
        nextCensus.put(mode, now.plus(between));
        forEach(playerIds, playerId -> {
            if (isGone(playerId)) {
                note(playerId, grace, "first");
            }
        });
    }

    /** Ends the tickets of those whose grace has ended and whom nobody has a socket of, asked twice. */
    void endDue() {
        List<String> due = redis
                .runForList(
                        DUE,
                        List.of(KEY),
                        List.of(Long.toString(time.instant().toEpochMilli()), Integer.toString(MOST_DUE)))
                .stream()
                .map(String::valueOf)
                .toList();
        forEach(due, noted -> {
            boolean asked = noted.startsWith(ASKED);
            String playerId = asked ? noted.substring(ASKED.length()) : noted;
            if (!isGone(playerId)) {
                return;
            }
            if (asked) {
                waitingOf(playerId).filter(this::isOldEnough).ifPresent(ticket -> end(ticket, playerId));
            } else {
                note(ASKED + playerId, ASK_AGAIN_AFTER, "first");
            }
        });
    }

    private void end(Ticket ticket, String playerId) {
        LOG.info("no socket for too long mode={} ticketId={} playerId={}", ticket.mode(), ticket.ticketId(), playerId);
        tickets.cancel(ticket, NO_SOCKET);
    }

    private void look() {
        try {
            while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    if (!nobodyCares()) {
                        endDue();
                    }
                } catch (Exception e) {
                    LOG.warn("looks will go on why={}", e.toString());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(String who, Duration within, String which) {
        String until = Long.toString(time.instant().plus(within).toEpochMilli());
        redis.runForNumber(LOST, List.of(KEY), List.of(who, until, which));
    }

    private boolean isGone(String playerId) {
        return bus.listens(Subjects.player(playerId), new PlayerEvent.AreYouThere(), ANSWER_WITHIN)
                == Bus.Listening.NOBODY;
    }

    private Optional<Ticket> waitingOf(String playerId) {
        return tickets.currentOf(playerId).filter(ticket -> ticket.state() == TicketState.WAITING);
    }

    /** One that was queued after the socket was lost has its own grace. */
    private boolean isOldEnough(Ticket ticket) {
        return grace(ticket)
                .filter(grace -> !ticket.createdAt().plus(grace).isAfter(time.instant()))
                .isPresent();
    }

    private Optional<Duration> grace(Ticket ticket) {
        return modes.known(ticket.mode()).map(mode -> mode.matching().lostSocketGrace());
    }

    private boolean nobodyCares() {
        return modes.all().stream().allMatch(mode -> mode.matching().lostSocketGrace() == null);
    }

    /** One that fails leaves the others to be done. */
    private static void forEach(List<String> playerIds, Consumer<String> work) {
        Semaphore places = new Semaphore(MOST_QUESTIONS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String playerId : playerIds) {
                places.acquire();
                threads.execute(() -> {
                    try {
                        work.accept(playerId);
                    } catch (Exception e) {
                        LOG.warn("left to the next census playerId={} why={}", playerId, e.toString());
                    } finally {
                        places.release();
                    }
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
