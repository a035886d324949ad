package dev.paddock.inventory.store;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** The rows of {@code items}. */
@JdbcRepository(dialect = Dialect.MYSQL)
public interface ItemRepository extends GenericRepository<Item, String> {
    /** The whole store, cheapest first. */
    @Query("SELECT * FROM items ORDER BY price, item_id")
    List<Item> all();

    /** One item. */
    @Query("SELECT * FROM items WHERE item_id = :itemId")
    Optional<Item> find(String itemId);

    /** What is fitted to a player's car, by id. */
    @Query("SELECT i.* FROM player_items p JOIN items i ON i.item_id = p.item_id"
            + " WHERE p.player_id = :playerId AND p.fitted_to = :carId ORDER BY i.item_id")
    List<Item> fitted(String playerId, String carId);
}
