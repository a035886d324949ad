package dev.paddock.manager.match;

import dev.paddock.manager.match.FinishedMatch.FinishedPlayer;
import dev.paddock.manager.rating.Rating;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.Standing;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Matches that are over, in MySQL, and what they change in their players. Writing one twice changes nothing: whether the
 * match is there already, its players' counters and their ratings are one transaction.
 */
@Singleton
final class ResultStore {
    private final MatchRows rows;
    private final TransactionOperations<Connection> transactions;

    ResultStore(MatchRows rows, TransactionOperations<Connection> transactions) {
        this.rows = rows;
        this.transactions = transactions;
    }

    /** Match, players and their counters, all or nothing; whether it was not there before. */
    boolean write(FinishedMatch match) {
        return transactions.executeWrite(status -> writeOnce(match));
    }

    /** Nothing for a match that was somebody else's. */
    Optional<FinishedMatch> find(String matchId, String playerId) {
        return rows.find(matchId, playerId).map(ResultStore::read);
    }

    List<FinishedMatch> before(String playerId, List<MatchState> states, long formedAtMs, String matchId, int limit) {
        List<String> names = states.stream().map(Enum::name).toList();
        return rows.before(playerId, names, formedAtMs, matchId, limit).stream()
                .map(ResultStore::read)
                .toList();
    }

    private boolean writeOnce(FinishedMatch match) {
        long formedAt = match.formedAt().toEpochMilli();
        String state = match.state().name();
        int added = rows.addMatch(
                match.matchId(),
                match.mode(),
                match.region(),
                state,
                formedAt,
                match.endedAt().toEpochMilli(),
                Json.text(match));
        if (added == 0) {
            return false;
        }
        Map<String, Standing> standings = standings(match);
        // In one order everywhere, so that two matches of the same players never wait for each other's rows.
        List<String> playerIds = match.players().stream()
                .map(FinishedPlayer::player)
                .map(player -> player.playerId())
                .sorted()
                .toList();
        for (String playerId : playerIds) {
            Standing standing = standings.get(playerId);
            rows.addPlayer(match.matchId(), playerId, formedAt, state, standing == null ? null : standing.place());
        }
        if (!standings.isEmpty()) {
            count(match, playerIds, standings);
        }
        return true;
    }

    private void count(FinishedMatch match, List<String> playerIds, Map<String, Standing> standings) {
        Map<String, Rating> before = new HashMap<>();
        for (String playerId : playerIds) {
            rows.lockRating(playerId)
                    .ifPresent(row -> before.put(playerId, new Rating(row.rating(), row.uncertainty())));
        }
        Map<String, Rating> after = NewRatings.after(match.players(), standings, before);
        for (String playerId : playerIds) {
            Standing standing = standings.get(playerId);
            Rating rating = after.get(playerId);
            if (standing != null && rating != null) {
                rows.count(playerId, standing.place() == 1 ? 1 : 0, rating.mean(), rating.uncertainty());
            }
        }
    }

    /** By player; empty unless the match was played to its end. */
    private static Map<String, Standing> standings(FinishedMatch match) {
        MatchResult result = match.result();
        if (result == null || !match.isPlayedOut()) {
            return Map.of();
        }
        return result.standings().stream()
                .collect(Collectors.toMap(Standing::playerId, Function.identity(), (first, second) -> first));
    }

    private static FinishedMatch read(MatchRow row) {
        return Json.read(row.document(), FinishedMatch.class);
    }
}
