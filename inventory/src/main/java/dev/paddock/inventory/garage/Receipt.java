package dev.paddock.inventory.garage;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to who has bought something.
 *
 * @param carId what was bought, if it was a car
 * @param itemId what was bought, if it was an item
 * @param balance what was left
 */
@Introspected
record Receipt(@Nullable String carId, @Nullable String itemId, long price, long balance, Instant boughtAt) {
    static Receipt of(Purchase purchase) {
        return switch (purchase.ware()) {
            case CAR ->
                new Receipt(purchase.wareId(), null, purchase.price(), purchase.balance(), purchase.decidedAt());
            case ITEM ->
                new Receipt(null, purchase.wareId(), purchase.price(), purchase.balance(), purchase.decidedAt());
        };
    }
}
