package dev.paddock.manager.account;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of {@code blocked_players}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface BlockedStore extends GenericRepository<BlockedPlayer, String> {
    /** Until the end of the transaction nobody else changes what this player blocks. */
    @Query("SELECT player_id FROM players WHERE player_id = :playerId FOR UPDATE")
    Optional<String> lock(String playerId);

    @Query("INSERT IGNORE INTO blocked_players (player_id, blocked_id, blocked_at)"
            + " VALUES (:playerId, :blockedId, :blockedAt)")
    int add(String playerId, String blockedId, Instant blockedAt);

    @Query("DELETE FROM blocked_players WHERE player_id = :playerId AND blocked_id = :blockedId")
    int remove(String playerId, String blockedId);

    /** Newest first. */
    @Query("SELECT blocked_id FROM blocked_players WHERE player_id = :playerId ORDER BY blocked_at DESC, blocked_id")
    List<String> ids(String playerId);

    /** Newest first. */
    @Query("SELECT b.blocked_id AS player_id, p.name AS name, b.blocked_at AS blocked_at FROM blocked_players b"
            + " JOIN players p ON p.player_id = b.blocked_id"
            + " WHERE b.player_id = :playerId ORDER BY b.blocked_at DESC, b.blocked_id")
    List<BlockedPlayer> all(String playerId);
}
