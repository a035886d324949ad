package dev.paddock.manager.match;

import dev.paddock.manager.bus.Bus;
import dev.paddock.manager.matchmaking.FormedMatch;
import dev.paddock.manager.matchmaking.SeatsTaken;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.Subjects;
import dev.paddock.protocol.frame.Frame;
import dev.paddock.protocol.frame.PlayerEvent;
import dev.paddock.protocol.frame.TicketState;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.MatchResult;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the players of a match are told, on its way to the managers that hold their sockets. */
@Singleton
final class Pushing {
    /** Reason of a cancelled match, as a player sees it who was under way to it: the seat was not free any more. */
    private static final String NO_SEAT = "no-free-seat";

    private static final Duration FLUSH = Duration.ofSeconds(1);

    private final Bus bus;

    Pushing(Bus bus) {
        this.bus = bus;
    }

    /** Whether it has left for NATS. If not, it may still arrive, and must be said again. */
    boolean matched(FormedMatch match, MatchEvent.Ready ready, Instant at) {
        PlayerEvent event = new PlayerEvent.Push(matchedFrame(match, ready, at));
        publishToAll(match, event);
        return bus.flush(FLUSH);
    }

    /** To those who joined a match that runs. Whether it has left for NATS; if not, it may still arrive, and must be said again. */
    boolean joined(FormedMatch match, MatchEvent.Ready ready, SeatsTaken taken) {
        PlayerEvent event = new PlayerEvent.Push(matchedFrame(match, ready, taken.at()));
        bus.publish(taken.players().stream().map(Pushing::subject).toList(), event);
        return bus.flush(FLUSH);
    }

    /** To the players of those tickets that got no seat, and wait again; like {@link #joined}. */
    boolean unseated(SeatsTaken taken, List<Ticket> tickets, Instant at) {
        String id = taken.matchId() + ".unseated." + taken.roster();
        for (Ticket ticket : tickets) {
            if (ticket.state() == TicketState.WAITING) {
                PlayerEvent event = new PlayerEvent.Push(
                        new Frame.MatchCancelled(id, at, taken.matchId(), NO_SEAT, ticket.ticketId()));
                ticket.players().forEach(player -> bus.publish(Subjects.player(player.playerId()), event));
            }
        }
        return bus.flush(FLUSH);
    }

    /** To each player, how far the asking is. */
    void found(StoredMatch match, Instant at) {
        for (FormedMatch.FormedPlayer player : match.formed().players()) {
            foundFrame(match, player.player().playerId(), at)
                    .ifPresent(frame -> bus.publish(subject(player), new PlayerEvent.Push(frame)));
        }
    }

    /** Nothing in a mode that does not ask. */
    static Optional<Frame.MatchFound> foundFrame(StoredMatch match, String playerId, Instant at) {
        return Optional.ofNullable(match.acceptBy())
                .map(acceptBy -> match.formed().found(acceptBy, match.accepted(), playerId, at));
    }

    void ended(FormedMatch match, MatchResult result, Instant at) {
        PlayerEvent event =
                new PlayerEvent.Push(new Frame.MatchEnded(match.matchId() + ".ended", at, match.matchId(), result));
        publishToAll(match, event);
    }

    /** @param ticketIds the tickets that wait again, by player; empty: none does */
    void cancelled(FormedMatch match, String reason, Map<String, String> ticketIds, Instant at) {
        for (FormedMatch.FormedPlayer player : match.players()) {
            @Nullable String ticketId = ticketIds.get(player.player().playerId());
            bus.publish(
                    subject(player),
                    new PlayerEvent.Push(new Frame.MatchCancelled(
                            match.matchId() + ".cancelled", at, match.matchId(), reason, ticketId)));
        }
    }

    /** The frame without a join token: that is signed where the socket is. */
    static Frame.PlayerMatched matchedFrame(FormedMatch match, MatchEvent.Ready ready, Instant at) {
        return new Frame.PlayerMatched(
                match.matchId() + ".matched" + (match.roster() == null ? "" : "." + match.roster()),
                at,
                match.matchId(),
                match.mode(),
                match.region(),
                ready.endpoint(),
                null,
                match.matchPlayers());
    }

    private void publishToAll(FormedMatch match, PlayerEvent event) {
        bus.publish(match.players().stream().map(Pushing::subject).toList(), event);
    }

    private static String subject(FormedMatch.FormedPlayer player) {
        return Subjects.player(player.player().playerId());
    }
}
