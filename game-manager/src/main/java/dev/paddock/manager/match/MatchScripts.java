package dev.paddock.manager.match;

import dev.paddock.manager.matchmaking.FormedMatch;
import dev.paddock.manager.matchmaking.SeatsTaken;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.Script;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Returning;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.match.MatchEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every change of a match in Redis, one script each. Keys are {@link QueueKeys}'. */
@Singleton
final class MatchScripts {
    private static final Script SETTLE = Script.of(MatchScripts.class, "settle.lua");
    private static final Script ASKED = Script.of(MatchScripts.class, "asked.lua");
    private static final Script ATTEMPT = Script.of(MatchScripts.class, "attempt.lua");
    private static final Script LOOK = Script.of(MatchScripts.class, "look.lua");
    private static final Script WAIT = Script.of(MatchScripts.class, "wait.lua");
    private static final Script PUSHED = Script.of(MatchScripts.class, "pushed.lua");
    private static final Script TOLD = Script.of(MatchScripts.class, "told.lua");
    private static final Script REQUEUE = Script.of(MatchScripts.class, "requeue.lua", Returning.LUA);
    private static final Script END = Script.of(MatchScripts.class, "end.lua", Returning.LUA);
    static final List<Script> SCRIPTS = List.of(SETTLE, ASKED, ATTEMPT, LOOK, WAIT, PUSHED, TOLD, REQUEUE, END);

    private final Redis redis;
    private final MatchSettings settings;
    private final InstantSource time;

    MatchScripts(Redis redis, MatchSettings settings, InstantSource time) {
        this.redis = redis;
        this.settings = settings;
        this.time = time;
    }

    Optional<StoredMatch> find(String mode, String matchId) {
        return StoredMatch.of(redis.hash(new QueueKeys(mode).match(matchId)));
    }

    /** The first of these modes' matches that has this id; one round trip. */
    Optional<StoredMatch> findIn(Collection<String> modes, String matchId) {
        List<String> keys =
                modes.stream().map(mode -> new QueueKeys(mode).match(matchId)).toList();
        return redis.hashes(keys).stream()
                .map(StoredMatch::of)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The match's tickets, in the order of its players; null where one is not known any more. */
    List<@Nullable Ticket> tickets(FormedMatch formed) {
        QueueKeys keys = new QueueKeys(formed.mode());
        List<@Nullable Ticket> tickets = new ArrayList<>();
        for (Map<String, String> hash : redis.hashes(ticketKeys(keys, formed))) {
            tickets.add(hash.containsKey("ticket") ? Ticket.of(hash) : null);
        }
        return tickets;
    }

    /** The tickets of those who are, or were, under way to free seats; those that are still known. */
    List<Ticket> tickets(SeatsTaken taken) {
        QueueKeys keys = new QueueKeys(taken.mode());
        List<String> ticketKeys = taken.players().stream()
                .map(player -> keys.ticket(player.ticketId()))
                .distinct()
                .toList();
        return redis.hashes(ticketKeys).stream()
                .filter(hash -> hash.containsKey("ticket"))
                .map(Ticket::of)
                .toList();
    }

    Settlement settle(MatchEvent.Ready ready, Instant now) {
        QueueKeys keys = new QueueKeys(ready.mode());
        List<String> args = new ArrayList<>(List.of(
                ready.matchId(), ready.serverId(), Json.text(ready), text(now), dueIn(settings.checkEvery(), now)));
        ready.stops().forEach((stop, at) -> {
            args.add(stop.word());
            args.add(text(at));
        });
        List<@Nullable Object> answer =
                redis.runForList(SETTLE, List.of(keys.match(ready.matchId()), keys.live()), args);
        String formed = String.valueOf(answer.get(1));
        return new Settlement(
                Settlement.Outcome.valueOf(String.valueOf(answer.get(0))),
                formed.isEmpty() ? null : Json.read(formed, FormedMatch.class),
                String.valueOf(answer.get(2)),
                Instant.parse(String.valueOf(answer.get(3))));
    }

    /** Whether it was the first time for this match. */
    boolean asked(
            FormedMatch match, int attempt, Instant askedAt, @Nullable String serverId, @Nullable Boolean standby) {
        QueueKeys keys = new QueueKeys(match.mode());
        return redis.runForNumber(
                        ASKED,
                        List.of(keys.match(match.matchId()), keys.live()),
                        List.of(
                                match.matchId(),
                                Integer.toString(attempt),
                                text(askedAt),
                                serverId == null ? "" : serverId,
                                standby == null ? "" : standby.toString(),
                                dueIn(settings.askAgainEvery(), time.instant())))
                == 1;
    }

    /** Whether it is this replica that asks for the next server. */
    boolean nextAttempt(StoredMatch match, int attempt) {
        QueueKeys keys = new QueueKeys(match.mode());
        Instant now = time.instant();
        return redis.runForNumber(
                        ATTEMPT,
                        List.of(keys.match(match.matchId()), keys.live()),
                        List.of(
                                match.matchId(),
                                Integer.toString(match.attempt()),
                                Integer.toString(attempt),
                                text(now),
                                dueIn(settings.askAgainEvery(), now)))
                == 1;
    }

    /** Takes up to {@code most} matches of a mode that are due. */
    List<String> due(String mode, int most) {
        Instant now = time.instant();
        // If this replica dies on the way, another one looks that much later.
        Duration lease = settings.answerWithin().plus(settings.askAgainEvery());
        return redis
                .runForList(
                        LOOK,
                        List.of(new QueueKeys(mode).live()),
                        List.of(Long.toString(now.toEpochMilli()), dueIn(lease, now), Integer.toString(most)))
                .stream()
                .map(String::valueOf)
                .toList();
    }

    void waitFor(String mode, String matchId, Duration delay) {
        QueueKeys keys = new QueueKeys(mode);
        redis.runForNumber(
                WAIT, List.of(keys.live(), keys.match(matchId)), List.of(matchId, dueIn(delay, time.instant())));
    }

    /** Whether it was the first time. */
    boolean pushed(String mode, String matchId, String entry, Instant now) {
        QueueKeys keys = new QueueKeys(mode);
        return redis.runForNumber(
                        PUSHED,
                        List.of(keys.match(matchId), keys.matches()),
                        List.of(QueueKeys.GROUP, text(now), entry))
                == 1;
    }

    /** Whether it was the first time. */
    boolean told(String mode, String matchId, String playerId, Instant now) {
        return redis.runForNumber(TOLD, List.of(new QueueKeys(mode).match(matchId)), List.of(playerId, text(now))) == 1;
    }

    /** Ids of the tickets that wait again; nothing if the match has moved on, or was cancelled before. */
    Optional<List<String>> requeue(FormedMatch match, List<Ticket> waiting, String reason) {
        QueueKeys keys = new QueueKeys(match.mode());
        List<String> k = new ArrayList<>(List.of(
                keys.match(match.matchId()), keys.live(), keys.matches(), keys.queue(), keys.arrivals(), keys.seq()));
        Instant now = time.instant();
        Duration toTell = settings.answerWithin().plus(settings.askAgainEvery());
        List<String> args = new ArrayList<>(
                List.of(match.matchId(), QueueKeys.GROUP, text(now), reason, keepFor(), dueIn(toTell, now)));
        for (Ticket ticket : waiting) {
            Returning.add(ticket, k, args);
        }
        List<String> answer =
                redis.runForList(REQUEUE, k, args).stream().map(String::valueOf).toList();
        return answer.getFirst().equals("NOW") ? Optional.of(answer.subList(1, answer.size())) : Optional.empty();
    }

    /**
     * Ends a match on this server, as {@code finished} says.
     *
     * @param underWay the tickets of those who were under way to a free seat when the match was read
     */
    Ending end(StoredMatch match, String serverId, FinishedMatch finished, List<Ticket> underWay) {
        QueueKeys keys = new QueueKeys(match.mode());
        List<String> k = new ArrayList<>(List.of(
                keys.match(match.matchId()),
                keys.live(),
                keys.matches(),
                keys.results(),
                keys.seats(),
                keys.queue(),
                keys.arrivals(),
                keys.seq()));
        k.addAll(ticketKeys(keys, match.formed()));
        boolean hasResult = finished.result() != null;
        String more = finished.result() != null ? Json.text(finished.result()) : finished.reason();
        List<String> args = new ArrayList<>(List.of(
                match.matchId(),
                QueueKeys.GROUP,
                finished.state().name(),
                serverId,
                text(finished.endedAt()),
                hasResult ? "result" : "reason",
                more == null ? "" : more,
                keepFor(),
                Json.text(finished),
                Integer.toString(match.joined().roster()),
                match.joined().seatingJson()));
        for (Ticket ticket : underWay) {
            Returning.add(ticket, k, args);
        }
        return Ending.valueOf(String.valueOf(redis.runForText(END, k, args)));
    }

    private String keepFor() {
        return Long.toString(settings.keepFor().toMillis());
    }

    private static List<String> ticketKeys(QueueKeys keys, FormedMatch match) {
        return match.players().stream()
                .map(player -> keys.ticket(player.ticketId()))
                .toList();
    }

    private static String dueIn(Duration delay, Instant now) {
        return Long.toString(now.plus(delay).toEpochMilli());
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).toString();
    }

    /** What became of an attempt to end a match. */
    enum Ending {
        NOW,
        /** It had ended like this before. */
        AGAIN,
        /** Somebody has joined it, or is under way, since it was read. */
        CHANGED,
        /** It is not this server's, or ended otherwise, or is not known. */
        OTHER
    }

    /**
     * What became of an attempt to settle a match.
     *
     * @param formed null if nobody knows the match
     * @param entry the match's entry in the stream; empty if there is none
     * @param settledAt when it was settled, now or before
     */
    record Settlement(Outcome outcome, @Nullable FormedMatch formed, String entry, Instant settledAt) {
        /** See {@code settle.lua}. */
        enum Outcome {
            SETTLED,
            AGAIN,
            UNWANTED,
            OVER,
            UNKNOWN
        }
    }
}
