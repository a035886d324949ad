/**
 * What players have: wallet, cars, items, the active loadout. Read {@link dev.paddock.inventory.garage.Cashier} first (how
 * money moves), then {@link dev.paddock.inventory.garage.Mechanic} (how loadouts change). Owns the tables {@code wallets},
 * {@code player_cars}, {@code player_items}, {@code loadouts} and {@code purchases}.
 *
 * <p>Whoever changes anything of a player's locks the player's row in {@code wallets} first, so that two changes for one
 * player come one after the other, whichever replica they reach.
 */
@NullMarked
package dev.paddock.inventory.garage;

import org.jspecify.annotations.NullMarked;
