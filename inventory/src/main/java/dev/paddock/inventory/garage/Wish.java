package dev.paddock.inventory.garage;

import org.jspecify.annotations.Nullable;

/**
 * One player's wish to buy one thing.
 *
 * @param wareId the car's or the item's id
 * @param key the request's {@code Idempotency-Key}: the same wish again is not a second one
 */
record Wish(
        String playerId, Ware ware, String wareId, @Nullable String key) {}
