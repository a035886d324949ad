package dev.paddock.manager.matchmaking;

import dev.paddock.manager.matchmaking.Proposals.Proposal;
import dev.paddock.manager.redis.Redis;
import dev.paddock.manager.redis.Script;
import dev.paddock.manager.ticket.QueueKeys;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.manager.ticket.TicketPlayer;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.match.MatchPlayer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The scripts by which a lease holder takes tickets out of the queue. Each refuses a token that is not the last one. */
final class Commits {
    /** Matches, or tickets, in one call: Redis does nothing else meanwhile. */
    static final int BATCH = 100;

    /** When a new match is first looked at: by then a director must have been asked for the first time. */
    static final Duration FIRST_LOOK = Duration.ofSeconds(2);

    private static final Script COMMIT = Script.of(Commits.class, "commit.lua");
    private static final Script EXPIRE = Script.of(Commits.class, "expire.lua");
    static final List<Script> SCRIPTS = List.of(COMMIT, EXPIRE);

    private final Redis redis;
    private final QueueKeys keys;

    Commits(Redis redis, QueueKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** A match that is to be formed, with the tickets that it takes. */
    record Forming(FormedMatch match, List<Ticket> tickets) {
        static Forming of(Proposal proposal, String matchId, String mode, Instant now) {
            List<FormedMatch.FormedPlayer> players = new ArrayList<>();
            for (int team = 0; team < proposal.teams().size(); team++) {
                for (Ticket ticket : proposal.teams().get(team)) {
                    for (TicketPlayer one : ticket.players()) {
                        MatchPlayer player = new MatchPlayer(one.playerId(), one.name(), team, one.loadout());
                        players.add(new FormedMatch.FormedPlayer(ticket.ticketId(), player));
                    }
                }
            }
            return new Forming(new FormedMatch(matchId, mode, proposal.region(), players, now), proposal.tickets());
        }

        /** When the last of its tickets was queued. */
        Instant queuedAt() {
            return tickets.stream()
                    .map(Ticket::createdAt)
                    .max(Instant::compareTo)
                    .orElse(match.formedAt());
        }
    }

    /**
     * Forms at most {@link #BATCH} matches.
     *
     * @param keep how long the tickets can be looked up if nothing ends the match
     * @return for each match the ids of its tickets that do not wait any more, none when it was formed; empty when the
     *     lease is lost
     */
    Optional<List<List<String>>> form(long token, List<Forming> batch, Instant now, Duration keep) {
        return formLater(token, batch, now, keep, null).get();
    }

    /**
     * Sends the same, and waits for the answer only when asked for it: the next batch can be prepared meanwhile.
     *
     * @param acceptBy when the players must have accepted; null: they are not asked
     */
    Supplier<Optional<List<List<String>>>> formLater(
            long token, List<Forming> batch, Instant now, Duration keep, @Nullable Instant acceptBy) {
        List<String> keysToTouch = new ArrayList<>(4 + batch.size() * 3);
        keysToTouch.addAll(List.of(keys.fence(), keys.queue(), keys.matches(), keys.live()));
        List<String> args = new ArrayList<>(5 + batch.size() * 6);
        args.add(Long.toString(token));
        args.add(Long.toString(now.plus(FIRST_LOOK).toEpochMilli()));
        args.add(now.toString());
        args.add(Long.toString(keep.toMillis()));
        args.add(Integer.toString(batch.size()));
        args.add(acceptBy == null ? "" : Long.toString(acceptBy.toEpochMilli()));
        for (Forming forming : batch) {
            keysToTouch.add(keys.match(forming.match().matchId()));
            args.add(forming.match().matchId());
            args.add(Json.text(forming.match()));
            args.add(forming.queuedAt().toString());
            args.add(Integer.toString(forming.tickets().size()));
            for (Ticket ticket : forming.tickets()) {
                keysToTouch.add(keys.ticket(ticket.ticketId()));
                args.add(ticket.ticketId());
            }
        }
        Supplier<List<@Nullable Object>> sent = redis.runForListLater(COMMIT, keysToTouch, args);
        return () -> {
            List<@Nullable Object> answers = sent.get();
            return answers.isEmpty()
                    ? Optional.empty()
                    : Optional.of(answers.stream().map(Commits::words).toList());
        };
    }

    /**
     * Ends tickets that have waited for too long, and takes ids out of the queue that have no waiting ticket.
     *
     * @return for each whether it expired now; empty when the lease is lost
     */
    Optional<List<Boolean>> expire(long token, List<String> ticketIds, Instant now) {
        List<String> keysToTouch = new ArrayList<>(2 + ticketIds.size());
        keysToTouch.addAll(List.of(keys.fence(), keys.queue()));
        List<String> args = new ArrayList<>(3 + ticketIds.size());
        args.add(Long.toString(token));
        args.add(now.toString());
        args.add(Long.toString(QueueKeys.ENDED_LIVES.toMillis()));
        for (String ticketId : ticketIds) {
            keysToTouch.add(keys.ticket(ticketId));
            args.add(ticketId);
        }
        List<@Nullable Object> answers = redis.runForList(EXPIRE, keysToTouch, args);
        if (answers.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(answers.stream().map(Long.valueOf(1)::equals).toList());
    }

    /** Lists of at most {@link #BATCH}. */
    static <T> List<List<T>> batches(List<T> all) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + BATCH)
                .mapToObj(from -> all.subList(from, Math.min(all.size(), from + BATCH)))
                .toList();
    }

    private static List<String> words(@Nullable Object answer) {
        String text = String.valueOf(answer).strip();
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }
}
