package dev.paddock.inventory.garage;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;

/** A row of {@code wallets}: a player's in-game currency. That there is one means that the player is known here. */
@MappedEntity("wallets")
record Wallet(
        @Id String playerId,
        long balance,

        @TypeDef(type = DataType.LONG, converter = EpochMillis.class)
        Instant createdAt) {}
