package dev.paddock.inventory.garage;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code purchases}: what a player was answered, and will be answered again for the same key.
 *
 * @param purchaseId null until it is stored
 */
@MappedEntity("purchases")
record Purchase(
        @Id @GeneratedValue @Nullable Long purchaseId,
        String playerId,
        @Nullable String idempotencyKey,
        Ware ware,
        String wareId,
        Outcome outcome,
        long price,
        long balance,

        @TypeDef(type = DataType.LONG, converter = EpochMillis.class)
        Instant decidedAt) {
    static Purchase of(Wish wish, Deal deal, Instant at) {
        return new Purchase(
                null,
                wish.playerId(),
                wish.key(),
                wish.ware(),
                wish.wareId(),
                deal.outcome(),
                deal.price(),
                deal.balance(),
                at);
    }

    /** Whether it answers that wish, and not another one that came with the same key. */
    boolean answers(Wish wish) {
        return ware == wish.ware() && wareId.equals(wish.wareId());
    }
}
