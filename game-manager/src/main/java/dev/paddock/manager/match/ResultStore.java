package dev.paddock.manager.match;

import dev.paddock.manager.match.FinishedMatch.FinishedPlayer;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.match.Standing;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Matches that are over, in MySQL. Writing one twice changes nothing. */
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
        Map<String, Standing> standings = standings(match.result());
        // In one order everywhere, so that two matches of the same players never wait for each other's rows.
        List<String> playerIds = match.players().stream()
                .map(FinishedPlayer::player)
                .map(player -> player.playerId())
                .sorted()
                .toList();
        for (String playerId : playerIds) {
            Standing standing = standings.get(playerId);
            rows.addPlayer(match.matchId(), playerId, formedAt, state, standing == null ? null : standing.place());
            if (standing != null) {
                rows.count(playerId, standing.place() == 1 ? 1 : 0);
            }
        }
        return true;
    }

    /** By player; empty unless the match was played to its end. */
    private static Map<String, Standing> standings(@Nullable MatchResult result) {
        if (result == null || result.outcome() != MatchResult.Outcome.FINISHED) {
            return Map.of();
        }
        return result.standings().stream()
                .collect(Collectors.toMap(Standing::playerId, Function.identity(), (first, second) -> first));
    }

    private static FinishedMatch read(MatchRow row) {
        return Json.read(row.document(), FinishedMatch.class);
    }
}
