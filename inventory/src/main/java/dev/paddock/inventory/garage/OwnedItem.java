package dev.paddock.inventory.garage;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An item that a player has.
 *
 * @param fittedTo the car that it sits in; null: on the shelf
 */
@MappedEntity("player_items")
record OwnedItem(
        @Id String itemId,

        @TypeDef(type = DataType.LONG, converter = EpochMillis.class)
        Instant boughtAt,

        @Nullable String fittedTo) {}
