package dev.paddock.manager.matchmaking;

import dev.paddock.manager.matchmaking.Proposals.Joining;
import dev.paddock.manager.matchmaking.Proposals.Seating;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.Script;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.SeatOffer;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.match.MatchPlayer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The script by which a lease holder lets tickets take free seats of running matches; like {@link Commits}. */
final class Seatings {
    private static final Script SEAT = Script.of(Seatings.class, "seat.lua");
    static final List<Script> SCRIPTS = List.of(SEAT);

    private final Redis redis;
    private final QueueKeys keys;

    Seatings(Redis redis, QueueKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** A taking that is to be. */
    record Taking(Seating seating, SeatsTaken taken) {
        static Taking of(Seating seating, Instant now) {
            SeatOffer offer = seating.offer();
            List<FormedMatch.FormedPlayer> players = new ArrayList<>();
            for (Joining joining : seating.joining()) {
                for (TicketPlayer one : joining.ticket().players()) {
                    MatchPlayer player = new MatchPlayer(one.playerId(), one.name(), joining.team(), one.loadout());
                    players.add(new FormedMatch.FormedPlayer(joining.ticket().ticketId(), player));
                }
            }
            return new Taking(seating, new SeatsTaken(offer.matchId(), offer.mode(), offer.roster() + 1, players, now));
        }
    }

    /** What became of a taking. */
    sealed interface Outcome {
        record Taken() implements Outcome {}

        /** The seats are not offered any more; all the tickets still wait, or others know better. */
        record Shut() implements Outcome {}

        /** These tickets do not wait any more, and none of the taking's was taken. The seats are still offered. */
        record Gone(List<String> ticketIds) implements Outcome {
            public Gone {
                ticketIds = List.copyOf(ticketIds);
            }
        }
    }

    /**
     * Takes the seats of at most {@link Commits#BATCH} matches.
     *
     * @param keep how long the tickets can be looked up if nothing ends the match
     * @return for each what became of it; empty when the lease is lost
     */
    Optional<List<Outcome>> take(long token, List<Taking> batch, Instant now, Duration keep) {
        List<String> keysToTouch =
                new ArrayList<>(List.of(keys.fence(), keys.queue(), keys.matches(), keys.live(), keys.seats()));
        List<String> args = new ArrayList<>(List.of(
                Long.toString(token),
                Long.toString(now.plus(Commits.FIRST_LOOK).toEpochMilli()),
                now.toString(),
                Long.toString(keep.toMillis()),
                Integer.toString(batch.size())));
        for (Taking taking : batch) {
            SeatOffer offer = taking.seating().offer();
            List<Ticket> tickets = taking.seating().tickets();
            keysToTouch.add(keys.match(offer.matchId()));
            args.add(offer.matchId());
            args.add(Integer.toString(offer.number()));
            args.add(Integer.toString(offer.roster()));
            args.add(Json.text(taking.taken()));
            args.add(Integer.toString(tickets.size()));
            for (Ticket ticket : tickets) {
                keysToTouch.add(keys.ticket(ticket.ticketId()));
                args.add(ticket.ticketId());
            }
        }
        List<@Nullable Object> answers = redis.runForList(SEAT, keysToTouch, args);
        return answers.isEmpty()
                ? Optional.empty()
                : Optional.of(answers.stream().map(Seatings::outcome).toList());
    }

    private static Outcome outcome(@Nullable Object answer) {
        String text = String.valueOf(answer).strip();
        return switch (text) {
            case "" -> new Outcome.Taken();
            case "!" -> new Outcome.Shut();
            default -> new Outcome.Gone(List.of(text.split(" ", -1)));
        };
    }
}
