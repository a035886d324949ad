package dev.paddock.inventory.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part for a car that the store sells.
 *
 * @param fits the one kind of car that it fits; null: any car
 * @param stats what it adds to (or takes from) the car's stats
 */
@MappedEntity("items")
public record Item(
        @Id String itemId,
        String name,
        @Nullable String fits,
        long price,
        @TypeDef(type = DataType.JSON) Map<String, Double> stats) {
    public Item {
        stats = Map.copyOf(stats);
    }

    /** Whether it can be fitted to that car. */
    public boolean fits(Car car) {
        return fits == null || fits.equals(car.kind());
    }
}
