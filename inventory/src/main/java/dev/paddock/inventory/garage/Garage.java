package dev.paddock.inventory.garage;

import dev.paddock.protocol.match.Loadout;
import io.micronaut.core.annotation.Introspected;
import java.util.List;

/** All that a player has. */
@Introspected
record Garage(String playerId, long balance, List<OwnedCar> cars, List<OwnedItem> items, Loadout loadout) {}
