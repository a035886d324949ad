package dev.paddock.inventory.garage;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** The rows of {@code purchases}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface PurchaseRepository extends GenericRepository<Purchase, Long> {
    Purchase save(Purchase purchase);

    /** What was answered to this key before. */
    @Query("SELECT * FROM purchases WHERE player_id = :playerId AND idempotency_key = :key")
    Optional<Purchase> earlier(String playerId, String key);
}
