package dev.paddock.manager.match;

import dev.paddock.manager.match.Joined.Taking;
import dev.paddock.manager.matchmaking.FormedMatch;
import dev.paddock.manager.matchmaking.SeatsTaken;
import dev.paddock.manager.ticket.SeatOffer;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.server.ServerReply;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Free seats of a match that runs, from the server's word to the newcomer's {@code PlayerMatched}:
 *
 * <pre>
 * MatchSeats ─▶ offer.lua ─▶ (matchmaking: seat.lua) ─▶ entry {matchId, roster} ─▶ SeatPlayers to the server
 *    ─┬─ Accepted ────────▶ seated.lua ─▶ PlayerMatched to the newcomers ─▶ off the stream
 *     └─ Refused, silent ─▶ unseat.lua ─▶ they wait again, and are told ──▶ off the stream
 * </pre>
 *
 * An entry may come again, at any point: what the match's hash says of its roster tells how far it got.
 */
@Singleton
final class Seating {
    /** How long a server may be silent before those who are under way to it wait again. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(Seating.class);

    private final SeatScripts scripts;
    private final MatchScripts matches;
    private final DirectorClient director;
    private final Pushing pushing;
    private final InstantSource time;

    Seating(
            SeatScripts scripts, MatchScripts matches, DirectorClient director, Pushing pushing, InstantSource time) {
        this.scripts = scripts;
        this.matches = matches;
        this.director = director;
        this.pushing = pushing;
        this.time = time;
    }

    /** A server says which of its seats are free. */
    void offered(MatchEvent.Seats seats) {
        if (!director.fillsSeats(seats.mode())) {
            LOG.debug("this mode takes nobody for free seats mode={} matchId={}", seats.mode(), seats.matchId());
            return;
        }
        StoredMatch match = matches.find(seats.mode(), seats.matchId()).orElse(null);
        if (match == null || match.joined().roster() != seats.roster()) {
            // Said before it heard who comes; it says it anew when it has.
            return;
        }
        SeatScripts.Offering outcome = scripts.offer(seats, offer(match, seats));
        LOG.debug(
                "seats matchId={} mode={} number={} free={} outcome={}",
                seats.matchId(),
                seats.mode(),
                seats.number(),
                seats.free(),
                outcome);
    }

    /** Goes on with one roster of a match, from wherever it stands. */
    void work(String mode, String matchId, int roster, String entry) {
        Optional<StoredMatch> match = matches.find(mode, matchId);
        if (match.isEmpty() || proceed(match.get(), roster)) {
            scripts.finish(mode, entry);
        }
    }

    /** Whoever is under way, though no entry says so any more. */
    void look(String mode, String matchId) {
        if (director.fillsSeats(mode)) {
            matches.find(mode, matchId)
                    .filter(match -> match.joined().seating() != null)
                    .ifPresent(match -> proceed(match, match.joined().roster()));
        }
    }

    /** Whether nothing is left to do for this roster. */
    private boolean proceed(StoredMatch match, int roster) {
        Joined joined = match.joined();
        Taking unseated = joined.unseated();
        if (unseated != null && unseated.is(roster)) {
            tellUnseated(unseated.taken());
            return true;
        }
        if (match.state() != MatchState.READY) {
            return true;
        }
        Taking seated = joined.seated();
        if (seated != null && seated.is(roster)) {
            return push(match, match.formed(), seated.taken());
        }
        if (joined.roster() != roster) {
            return true;
        }
        Taking seating = joined.seating();
        return seating == null ? sayWhoPlays(match, roster) : seat(match, seating);
    }

    private boolean seat(StoredMatch match, Taking seating) {
        SeatsTaken taken = seating.taken();
        FormedMatch with = match.formed().with(taken);
        Optional<ServerReply> reply = ask(match, with, taken);
        if (reply.isEmpty()) {
            return sendBack(match, seating, true);
        }
        return switch (reply.get()) {
            case ServerReply.Accepted ignored -> take(match, seating, with);
            case ServerReply.Refused refused -> {
                LOG.info("no seat matchId={} roster={} why={}", match.matchId(), taken.roster(), refused.why());
                yield sendBack(match, seating, false);
            }
        };
    }

    private Optional<ServerReply> ask(StoredMatch match, FormedMatch with, SeatsTaken taken) {
        Instant until = taken.at().plus(ANSWER_WITHIN);
        Optional<ServerReply> reply = director.seat(with, serverId(match), taken.roster());
        while (reply.isEmpty() && time.instant().isBefore(until)) {
            LockSupport.parkNanos(PAUSE.toNanos());
            reply = director.seat(with, serverId(match), taken.roster());
        }
        return reply;
    }

    private boolean take(StoredMatch match, Taking seating, FormedMatch with) {
        SeatsTaken taken = seating.taken();
        return switch (scripts.seated(with, seating)) {
            case NOW -> {
                LOG.info(
                        "seated matchId={} mode={} roster={} players={}",
                        match.matchId(),
                        match.mode(),
                        taken.roster(),
                        taken.players().size());
                yield push(match, with, taken);
            }
            case AGAIN -> push(match, with, taken);
            // They were sent back meanwhile, or the match is over: whoever did that tells them.
            case OTHER -> true;
        };
    }

    private boolean push(StoredMatch match, FormedMatch with, SeatsTaken taken) {
        MatchEvent.Ready ready = match.ready();
        return ready == null || pushing.joined(with, ready, taken);
    }

    private boolean sendBack(StoredMatch match, Taking seating, boolean mayHaveAgreed) {
        SeatsTaken taken = seating.taken();
        return switch (scripts.unseat(match.formed(), seating, matches.tickets(taken), mayHaveAgreed)) {
            case NOW, AGAIN -> {
                LOG.info(
                        "sent back matchId={} mode={} roster={} silent={}",
                        match.matchId(),
                        match.mode(),
                        taken.roster(),
                        mayHaveAgreed);
                tellUnseated(taken);
                yield true;
            }
            case OTHER -> true;
        };
    }

    /** The server may believe that others come, who do not. */
    private boolean sayWhoPlays(StoredMatch match, int roster) {
        return director.seat(match.formed(), serverId(match), roster).isPresent();
    }

    private void tellUnseated(SeatsTaken taken) {
        pushing.unseated(taken, matches.tickets(taken), time.instant());
    }

    /** Null if there is no free seat, or nobody to play with. */
    private @Nullable SeatOffer offer(StoredMatch match, MatchEvent.Seats seats) {
        if (seats.free().stream().noneMatch(free -> free > 0)) {
            return null;
        }
        List<List<Ticket>> teams = teams(match.formed(), Set.copyOf(seats.players()), seats.free().size());
        if (teams.stream().allMatch(List::isEmpty)) {
            return null;
        }
        return new SeatOffer(
                match.matchId(),
                match.mode(),
                match.formed().region(),
                seats.number(),
                seats.roster(),
                seats.free(),
                teams,
                match.formed().formedAt());
    }

    private List<List<Ticket>> teams(FormedMatch match, Set<String> players, int count) {
        List<List<Ticket>> teams = new ArrayList<>();
        for (int team = 0; team < count; team++) {
            teams.add(new ArrayList<>());
        }
        Set<String> known = new LinkedHashSet<>();
        List<@Nullable Ticket> found = matches.tickets(match);
        for (int i = 0; i < found.size(); i++) {
            Ticket ticket = found.get(i);
            int team = match.players().get(i).player().team();
            // A party is one ticket, and comes once for each of its players.
            if (ticket != null && team < count && known.add(ticket.ticketId())) {
                ticket.only(players).ifPresent(teams.get(team)::add);
            }
        }
        return teams;
    }

    private static String serverId(StoredMatch match) {
        String serverId = match.serverId();
        return serverId == null ? "" : serverId;
    }
}
