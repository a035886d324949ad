package dev.paddock.manager.account;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code players}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface PlayerStore extends GenericRepository<Player, String> {
    @Query("SELECT * FROM players WHERE player_id = :playerId")
    Optional<Player> find(String playerId);

    @Query("SELECT * FROM players WHERE name_key = :nameKey")
    Optional<Player> findByNameKey(String nameKey);

    /** Answers 1, or 0 if somebody has that name: which of two at the same moment gets it, the unique key decides. */
    @Query("INSERT IGNORE INTO players (player_id, name, name_key, password_hash, email, registration_key, created_at)"
            + " VALUES (:playerId, :name, :nameKey, :passwordHash, :email, :registrationKey, :createdAt)")
    int create(
            String playerId,
            String name,
            String nameKey,
            String passwordHash,
            @Nullable String email,
            @Nullable String registrationKey,
            Instant createdAt);
}
