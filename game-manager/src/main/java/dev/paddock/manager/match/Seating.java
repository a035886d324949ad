package dev.paddock.manager.match;

import dev.paddock.manager.match.Joined.Taking;
import dev.paddock.manager.matchmaking.FormedMatch;
import dev.paddock.manager.matchmaking.SeatsTaken;
import dev.paddock.manager.redis.StreamEntry;
import dev.paddock.manager.ticket.SeatOffer;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.server.ServerReply;
import jakarta.inject.Singleton;
import java.time.Duration;
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
 * An entry may come again, at any point, and after others of its match: whether its players are under way, play or wait
 * tells how far it got.
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

    Seating(SeatScripts scripts, MatchScripts matches, DirectorClient director, Pushing pushing, InstantSource time) {
        this.scripts = scripts;
        this.matches = matches;
        this.director = director;
        this.pushing = pushing;
        this.time = time;
    }

    /** A server says which of its seats are free. */
    void offered(MatchEvent.Seats seats) {
        StoredMatch match = matches.find(seats.mode(), seats.matchId()).orElse(null);
        if (match == null || match.joined().roster() != seats.roster()) {
            // Said before it heard who comes; it says it anew when it has.
            return;
        }
        // A mode that takes nobody any more takes back what was offered.
        SeatOffer offer = director.fillsSeats(seats.mode()) ? offer(match, seats) : null;
        LOG.debug(
                "seats matchId={} mode={} number={} free={} outcome={}",
                seats.matchId(),
                seats.mode(),
                seats.number(),
                seats.free(),
                scripts.offer(seats, offer));
    }

    /** Goes on with what an entry says, from wherever its match stands. */
    void work(String mode, StreamEntry entry) {
        StoredMatch match =
                matches.find(mode, entry.fields().getOrDefault("matchId", "")).orElse(null);
        String seating = entry.fields().get("seating");
        boolean done = match == null
                || (seating == null
                        ? sayWhoPlays(match, Integer.parseInt(entry.fields().getOrDefault("roster", "0")))
                        : proceed(match, Taking.of(seating)));
        if (done) {
            scripts.finish(mode, entry.id());
        }
    }

    /** Goes on with whoever is under way, though no entry may say so any more. */
    void look(StoredMatch match) {
        Taking seating = match.joined().seating();
        if (seating != null && !proceed(match, seating)) {
            LOG.debug("a seat will be looked at again matchId={}", match.matchId());
        }
    }

    /** Whether nothing is left to do for these; others may have come, or be under way, since. */
    private boolean proceed(StoredMatch match, Taking taking) {
        if (taking.equals(match.joined().seating())) {
            return seat(match, taking);
        }
        if (match.formed().has(taking.taken())) {
            return match.state() != MatchState.READY || push(match, match.formed(), taking.taken());
        }
        return tellUnseated(taking.taken());
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
        // Not since it was taken: that was by another's clock.
        long until = System.nanoTime() + ANSWER_WITHIN.toNanos();
        Optional<ServerReply> reply = director.seat(with, serverId(match), taken.roster());
        while (reply.isEmpty() && System.nanoTime() - until < 0) {
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
                yield tellUnseated(taken);
            }
            case OTHER -> true;
        };
    }

    /** The server may believe that others come, who do not. A later roster tells it too. */
    private boolean sayWhoPlays(StoredMatch match, int roster) {
        return match.state() != MatchState.READY
                || match.joined().roster() != roster
                || director.seat(match.formed(), serverId(match), roster).isPresent();
    }

    private boolean tellUnseated(SeatsTaken taken) {
        return pushing.unseated(taken, matches.tickets(taken), time.instant());
    }

    /** Null if there is no free seat, or nobody to play with. */
    private @Nullable SeatOffer offer(StoredMatch match, MatchEvent.Seats seats) {
        if (seats.free().stream().noneMatch(free -> free > 0)) {
            return null;
        }
        List<List<Ticket>> teams =
                teams(match.formed(), Set.copyOf(seats.players()), seats.free().size());
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
