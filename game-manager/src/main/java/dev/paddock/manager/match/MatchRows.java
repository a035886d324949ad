package dev.paddock.manager.match;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code matches} and {@code match_players}, and the counters of {@code players}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface MatchRows extends GenericRepository<MatchRow, String> {
    /** Answers 1, or 0 if the match is there already. */
    @Query("INSERT IGNORE INTO matches (match_id, mode, region, state, formed_at, ended_at, document)"
            + " VALUES (:matchId, :mode, :region, :state, :formedAt, :endedAt, :document)")
    int addMatch(
            String matchId, String mode, String region, String state, long formedAt, long endedAt, String document);

    @Query("INSERT IGNORE INTO match_players (match_id, player_id, formed_at, state, place)"
            + " VALUES (:matchId, :playerId, :formedAt, :state, :place)")
    int addPlayer(String matchId, String playerId, long formedAt, String state, @Nullable Integer place);

    /** Ratings that nobody else changes before this transaction ends; none for a player who is not there. */
    @Query("SELECT player_id, rating, uncertainty FROM players WHERE player_id = :playerId FOR UPDATE")
    Optional<RatingRow> lockRating(String playerId);

    @Query("UPDATE players SET played = played + 1, won = won + :won, rating = :rating, uncertainty = :uncertainty"
            + " WHERE player_id = :playerId")
    int count(String playerId, int won, double rating, double uncertainty);

    /** Nothing for a match that was somebody else's. */
    @Query("SELECT m.* FROM match_players p JOIN matches m ON m.match_id = p.match_id"
            + " WHERE p.match_id = :matchId AND p.player_id = :playerId")
    Optional<MatchRow> find(String matchId, String playerId);

    /** A player's matches that were formed before the given one, newest first. */
    @Query("SELECT m.* FROM match_players p JOIN matches m ON m.match_id = p.match_id"
            + " WHERE p.player_id = :playerId AND p.state IN (:states)"
            + " AND (p.formed_at < :formedAt OR (p.formed_at = :formedAt AND p.match_id < :matchId))"
            + " ORDER BY p.formed_at DESC, p.match_id DESC LIMIT :limit")
    List<MatchRow> before(String playerId, List<String> states, long formedAt, String matchId, int limit);
}
