package dev.paddock.manager.match;

import dev.paddock.manager.match.Joined.Taking;
import dev.paddock.manager.matchmaking.FormedMatch;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.Script;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Returning;
import dev.paddock.manager.ticket.SeatOffer;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.match.MatchEvent;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of free seats in Redis, one script each; {@code seat.lua} of the matchmaking takes them. */
@Singleton
final class SeatScripts {
    private static final Script OFFER = Script.of(SeatScripts.class, "offer.lua");
    private static final Script SEATED = Script.of(SeatScripts.class, "seated.lua");
    private static final Script UNSEAT = Script.of(SeatScripts.class, "unseat.lua", Returning.LUA);

    static final List<Script> SCRIPTS = List.of(OFFER, SEATED, UNSEAT);

    private final Redis redis;

    SeatScripts(Redis redis) {
        this.redis = redis;
    }

    /** See {@code offer.lua}. */
    enum Offering {
        OFFERED,
        SHUT,
        AGAIN,
        OTHER
    }

    /** See {@code seated.lua} and {@code unseat.lua}. */
    enum Outcome {
        NOW,
        AGAIN,
        OTHER
    }

    /** @param offer null: nothing is free */
    Offering offer(MatchEvent.Seats seats, @Nullable SeatOffer offer) {
        QueueKeys keys = new QueueKeys(seats.mode());
        return Offering.valueOf(String.valueOf(redis.runForText(
                OFFER,
                List.of(keys.match(seats.matchId()), keys.seats(), keys.arrivals(), keys.seq()),
                List.of(
                        seats.matchId(),
                        seats.serverId(),
                        Integer.toString(seats.number()),
                        Integer.toString(seats.roster()),
                        offer == null ? "" : Json.text(offer)))));
    }

    /** @param with the match with those who were under way */
    Outcome seated(FormedMatch with, Taking seating) {
        return Outcome.valueOf(String.valueOf(redis.runForText(
                SEATED,
                List.of(new QueueKeys(with.mode()).match(with.matchId())),
                List.of(seating.json(), Json.text(with)))));
    }

    /**
     * @param tickets of those who were under way
     * @param mayHaveAgreed whether the server must hear that they do not come
     */
    Outcome unseat(FormedMatch match, Taking seating, List<Ticket> tickets, boolean mayHaveAgreed) {
        QueueKeys keys = new QueueKeys(match.mode());
        List<String> k = new ArrayList<>(
                List.of(keys.match(match.matchId()), keys.queue(), keys.arrivals(), keys.seq(), keys.matches()));
        List<String> args = new ArrayList<>(List.of(
                match.matchId(),
                seating.json(),
                mayHaveAgreed ? Integer.toString(seating.taken().roster() + 1) : ""));
        for (Ticket ticket : tickets) {
            Returning.add(ticket, k, args);
        }
        return Outcome.valueOf(String.valueOf(redis.runForText(UNSEAT, k, args)));
    }

    /** Off the stream of formed matches. */
    void finish(String mode, String entry) {
        redis.finish(new QueueKeys(mode).matches(), QueueKeys.GROUP, entry);
    }
}
