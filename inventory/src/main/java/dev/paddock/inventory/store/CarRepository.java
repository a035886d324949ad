package dev.paddock.inventory.store;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** The rows of {@code cars}. */
@JdbcRepository(dialect = Dialect.MYSQL)
public interface CarRepository extends GenericRepository<Car, String> {
    /** The whole store, cheapest first. */
    @Query("SELECT * FROM cars ORDER BY price, car_id")
    List<Car> all();

    /** One car. */
    @Query("SELECT * FROM cars WHERE car_id = :carId")
    Optional<Car> find(String carId);

    /** The car of a player's active loadout. */
    @Query("SELECT c.* FROM loadouts l JOIN cars c ON c.car_id = l.car_id WHERE l.player_id = :playerId")
    Optional<Car> active(String playerId);
}
