package dev.paddock.inventory.garage;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;

/** The rows of {@code player_cars}, {@code player_items} and {@code loadouts}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface GarageRepository extends GenericRepository<Wallet, String> {
    @Query("SELECT car_id, bought_at FROM player_cars WHERE player_id = :playerId ORDER BY bought_at, car_id")
    List<OwnedCar> cars(String playerId);

    @Query("SELECT item_id, bought_at, fitted_to FROM player_items WHERE player_id = :playerId"
            + " ORDER BY bought_at, item_id")
    List<OwnedItem> items(String playerId);

    @Query("INSERT INTO player_cars (player_id, car_id, bought_at) VALUES (:playerId, :carId, :boughtAt)")
    int addCar(
            String playerId,
            String carId,
            @TypeDef(type = DataType.LONG, converter = EpochMillis.class) Instant boughtAt);

    @Query("INSERT INTO player_items (player_id, item_id, bought_at) VALUES (:playerId, :itemId, :boughtAt)")
    int addItem(
            String playerId,
            String itemId,
            @TypeDef(type = DataType.LONG, converter = EpochMillis.class) Instant boughtAt);

    @Query("INSERT INTO loadouts (player_id, car_id) VALUES (:playerId, :carId)")
    int addLoadout(String playerId, String carId);

    @Query("UPDATE loadouts SET car_id = :carId WHERE player_id = :playerId")
    int activate(String playerId, String carId);

    /** Puts everything that is fitted to the car on the shelf. */
    @Query("UPDATE player_items SET fitted_to = NULL WHERE player_id = :playerId AND fitted_to = :carId")
    int strip(String playerId, String carId);

    /** Fits one item, from the shelf or out of another car. */
    @Query("UPDATE player_items SET fitted_to = :carId WHERE player_id = :playerId AND item_id = :itemId")
    int fit(String playerId, String itemId, String carId);
}
