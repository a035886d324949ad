package dev.paddock.inventory.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.util.Map;

/**
 * A car that the store sells.
 *
 * @param kind {@code street}, {@code muscle}, {@code electric}: some items fit one kind only
 * @param slots how many items fit at once
 * @param stats what the car brings, for the game to read; {@code drag-race} reads {@code powerKw}, {@code massKg},
 *     {@code grip} (friction coefficient) and {@code shiftMs}
 */
@MappedEntity("cars")
public record Car(
        @Id String carId,
        String name,
        String kind,
        long price,
        int slots,
        @TypeDef(type = DataType.JSON) Map<String, Double> stats) {
    public Car {
        stats = Map.copyOf(stats);
    }
}
