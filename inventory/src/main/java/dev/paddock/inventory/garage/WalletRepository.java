package dev.paddock.inventory.garage;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;

/** The rows of {@code wallets}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface WalletRepository extends GenericRepository<Wallet, String> {
    @Query("SELECT * FROM wallets WHERE player_id = :playerId")
    Optional<Wallet> find(String playerId);

    /** The same under the player's lock, which is held until the transaction ends. */
    @Query("SELECT * FROM wallets WHERE player_id = :playerId FOR UPDATE")
    Optional<Wallet> lock(String playerId);

    /** Answers 1, or 0 if there is one already; then it has waited for whoever was making it. */
    @Query("INSERT IGNORE INTO wallets (player_id, balance, created_at) VALUES (:playerId, :balance, :createdAt)")
    int create(
            String playerId,
            long balance,
            @TypeDef(type = DataType.LONG, converter = EpochMillis.class) Instant createdAt);

    /** Answers 1, or 0 if the balance is less than the price. */
    @Query("UPDATE wallets SET balance = balance - :price WHERE player_id = :playerId AND balance >= :price")
    int pay(String playerId, long price);
}
