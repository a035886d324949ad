package dev.paddock.manager.match;

import dev.paddock.manager.matchmaking.FormedMatch;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.Script;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Returning;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.Json;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The two ways out of {@code PROPOSED}, one script each: whichever comes first, the other finds that it came too late. */
@Singleton
final class AcceptScripts {
    private static final Script ACCEPT = Script.of(AcceptScripts.class, "accept.lua");
    private static final Script DISSOLVE = Script.of(AcceptScripts.class, "dissolve.lua", Returning.LUA);

    static final List<Script> SCRIPTS = List.of(ACCEPT, DISSOLVE);

    private final Redis redis;
    private final MatchSettings settings;

    AcceptScripts(Redis redis, MatchSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    /** What became of a player's answer. */
    enum Outcome {
        ACCEPTED,
        FORMED,
        LATE,
        OTHER
    }

    Outcome accept(FormedMatch match, String playerId, Instant now) {
        QueueKeys keys = new QueueKeys(match.mode());
        FormedMatch formed = new FormedMatch(match.matchId(), match.mode(), match.region(), match.players(), now);
        List<@Nullable Object> answer = redis.runForList(
                ACCEPT,
                List.of(keys.match(match.matchId()), keys.live(), keys.matches()),
                List.of(
                        match.matchId(),
                        playerId,
                        now.toString(),
                        Integer.toString(match.players().size()),
                        Json.text(formed),
                        Long.toString(now.plus(settings.askAgainEvery())
                                .plus(settings.answerWithin())
                                .toEpochMilli())));
        return Outcome.valueOf(String.valueOf(answer.getFirst()));
    }

    /** What became of an attempt to end it. */
    sealed interface Dissolving {
        /**
         * @param reason {@code declined} or {@code not-accepted}
         * @param tickets 'W' (waits again) or 'C' (cancelled), and its id, for each, between spaces
         */
        record Now(String reason, String tickets) implements Dissolving {}

        record Early() implements Dissolving {}

        record Other() implements Dissolving {}
    }

    /** @param declinedBy null: nobody, but time may be up */
    Dissolving dissolve(FormedMatch match, List<Ticket> tickets, @Nullable String declinedBy, Instant now) {
        QueueKeys keys = new QueueKeys(match.mode());
        List<String> k = new ArrayList<>(
                List.of(keys.match(match.matchId()), keys.live(), keys.queue(), keys.arrivals(), keys.seq()));
        Duration toTell = settings.answerWithin().plus(settings.askAgainEvery());
        List<String> args = new ArrayList<>(List.of(
                match.matchId(),
                now.toString(),
                Long.toString(settings.keepFor().toMillis()),
                Long.toString(QueueKeys.ENDED_LIVES.toMillis()),
                declinedBy == null ? "" : declinedBy,
                Long.toString(now.plus(toTell).toEpochMilli())));
        for (Ticket ticket : tickets) {
            Returning.add(ticket, k, args);
            args.add(Integer.toString(ticket.players().size()));
            ticket.players().forEach(player -> args.add(player.playerId()));
        }
        List<String> answer = redis.runForList(DISSOLVE, k, args).stream()
                .map(String::valueOf)
                .toList();
        return switch (answer.getFirst()) {
            case "NOW" -> new Dissolving.Now(answer.get(1), String.join(" ", answer.subList(2, answer.size())));
            case "EARLY" -> new Dissolving.Early();
            default -> new Dissolving.Other();
        };
    }
}
