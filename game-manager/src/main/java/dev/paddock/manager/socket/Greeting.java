package dev.paddock.manager.socket;

import dev.paddock.manager.account.Caller;
import dev.paddock.manager.match.Matches;
import dev.paddock.manager.match.Matches.LiveMatch;
import dev.paddock.manager.party.Parties;
import dev.paddock.manager.party.Party;
import dev.paddock.manager.socket.PlayerSocket.Outgoing;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.Tickets;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.frame.Frame;
import dev.paddock.protocol.frame.Frame.PlayerMatched;
import dev.paddock.protocol.frame.TicketState;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The whole current state of a player, as the first frames of a socket. */
@Singleton
final class Greeting {
    private final Tickets tickets;
    private final Matches matches;
    private final Parties parties;
    private final Frames frames;
    private final InstantSource time;
    private final RandomGenerator random;

    Greeting(
            Tickets tickets,
            Matches matches,
            Parties parties,
            Frames frames,
            InstantSource time,
            RandomGenerator random) {
        this.tickets = tickets;
        this.matches = matches;
        this.parties = parties;
        this.frames = frames;
        this.time = time;
        this.random = random;
    }

    /** {@code Welcome}; and what the player's match asks for, as it was or will be pushed: {@code MatchFound} while its players
     * are asked, {@code PlayerMatched} once it has a server.
     */
    List<Outgoing> of(Caller caller) {
        Instant now = time.instant();
        String playerId = caller.playerId();
        Optional<Ticket> held = tickets.currentOf(playerId);
        Optional<LiveMatch> match =
                held.filter(t -> t.state() == TicketState.MATCHED).flatMap(t -> match(t, playerId));
        Optional<Ticket> ticket = held.filter(t -> t.state() == TicketState.WAITING || match.isPresent());
        Optional<PlayerMatched> matched = match.map(LiveMatch::matched).map(frame -> frames.signed(frame, playerId));
        List<Outgoing> state = new ArrayList<>();
        state.add(Outgoing.of(new Frame.Welcome(
                Id.next(random),
                now,
                playerId,
                caller.name(),
                ticket.map(t -> t.view(now)).orElse(null),
                matched.orElse(null),
                parties.of(playerId).map(Party::view).orElse(null))));
        match.map(LiveMatch::found).ifPresent(frame -> state.add(frames.of(frame, playerId)));
        matched.ifPresent(frame -> state.add(frames.of(frame, playerId)));
        return state;
    }

    /** The match that the ticket came into, if it is not over. */
    private Optional<LiveMatch> match(Ticket ticket, String playerId) {
        return Optional.ofNullable(ticket.matchId()).flatMap(id -> matches.live(ticket.mode(), id, playerId));
    }
}
