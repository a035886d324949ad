package dev.paddock.inventory.garage;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An item that a player has.
 *
 * @param fittedTo the car that it sits in; null: on the shelf
 */
@Introspected
record OwnedItem(String itemId, Instant boughtAt, @Nullable String fittedTo) {}
