package dev.paddock.inventory.garage;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/** A car that a player has. */
@Introspected
record OwnedCar(String carId, Instant boughtAt) {}
