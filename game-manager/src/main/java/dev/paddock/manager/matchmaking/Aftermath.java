package dev.paddock.manager.matchmaking;

import dev.paddock.manager.matchmaking.Commits.Forming;
import dev.paddock.manager.matchmaking.Seatings.Taking;
import dev.paddock.manager.outlook.Recent;
import dev.paddock.manager.recording.Recorder;
import dev.paddock.manager.stop.Stops;
import dev.paddock.manager.ticket.LostSockets;
import dev.paddock.manager.ticket.Sweeper;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.Tickets;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.frame.TicketState;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when tickets have left the queue and may be late or, after a crash, never be: the log line and timer of
 * stop {@code formed}, the players' {@code TicketUpdated}, and what is remembered of the match. Off the loop's thread, so that no match waits for it.
 */
@Singleton
class Aftermath {
    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);

    private final Stops stops;
    private final Tickets tickets;
    private final Sweeper sweeper;
    private final Recent recent;
    private final Recorder recorder;
    private final LostSockets lostSockets;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Aftermath(
            Stops stops, Tickets tickets, Sweeper sweeper, Recent recent, Recorder recorder, LostSockets lostSockets) {
        this.stops = stops;
        this.tickets = tickets;
        this.sweeper = sweeper;
        this.recent = recent;
        this.recorder = recorder;
        this.lostSockets = lostSockets;
    }

    /** Who writes down what a mode's loop does. */
    Scribe scribe(Supplier<Rules> rules, Supplier<List<Ticket>> waiting) {
        return new Scribe(recorder, rules, waiting);
    }

    void formed(List<Forming> formed) {
        later("formed", () -> {
            for (Forming forming : formed) {
                FormedMatch match = forming.match();
                Duration took = Duration.between(forming.queuedAt(), match.formedAt());
                stops.passed(Stop.FORMED, match.mode(), "matchId=" + match.matchId(), took);
                tellMatched(forming);
            }
        });
    }

    /** They are players of the match once its server has agreed; until then their ticket is all that changes. */
    void seated(List<Taking> taken) {
        later("seated", () -> {
            for (Taking taking : taken) {
                SeatsTaken seats = taking.taken();
                List<Ticket> joining = taking.seating().tickets();
                recent.joined(seats.mode(), Quality.waitedMs(joining, seats.at()), seats.at());
                for (Ticket ticket : joining) {
                    tickets.tell(ticket.ended(TicketState.MATCHED, seats.matchId(), seats.at()));
                }
            }
        });
    }

    /** The players are asked first; should this be lost, the next look at the match asks them. */
    void proposed(List<Forming> proposed, Instant acceptBy) {
        later("proposed", () -> {
            for (Forming forming : proposed) {
                FormedMatch match = forming.match();
                tellMatched(forming);
                for (FormedMatch.FormedPlayer player : match.players()) {
                    String playerId = player.player().playerId();
                    tickets.push(playerId, match.found(acceptBy, Set.of(), playerId, match.formedAt()));
                }
            }
        });
    }

    void expired(List<Ticket> expired, Instant at) {
        later("expired", () -> {
            for (Ticket ticket : expired) {
                recent.expired(ticket.mode(), Duration.between(ticket.createdAt(), at), at);
                tickets.tell(ticket.ended(TicketState.EXPIRED, null, at));
            }
            // After all were told: on a cluster the server of some of the places may be away.
            expired.forEach(tickets::release);
        });
    }

    void sweep(String mode, List<Ticket> waiting) {
        later("sweep", () -> sweeper.sweep(mode, waiting));
    }

    void census(String mode, List<Ticket> waiting) {
        later("census", () -> lostSockets.census(mode, waiting));
    }

    private void tellMatched(Forming forming) {
        FormedMatch match = forming.match();
        recent.formed(match.mode(), Quality.of(forming), match.formedAt());
        for (Ticket ticket : forming.tickets()) {
            tickets.tell(ticket.ended(TicketState.MATCHED, match.matchId(), match.formedAt()));
        }
    }

    @PreDestroy
    void close() {
        threads.close();
    }

    private void later(String what, Runnable work) {
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } catch (Exception e) {
                    LOG.warn("left undone what={} why={}", what, e.toString());
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.warn("left undone, closing what={}", what);
        }
    }
}
