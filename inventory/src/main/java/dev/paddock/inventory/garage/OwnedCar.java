package dev.paddock.inventory.garage;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;

/** A car that a player has; the row is one of the player that was asked for. */
@MappedEntity("player_cars")
record OwnedCar(
        @Id String carId,

        @TypeDef(type = DataType.LONG, converter = EpochMillis.class)
        Instant boughtAt) {}
