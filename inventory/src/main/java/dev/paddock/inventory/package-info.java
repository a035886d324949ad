/**
 * Store, garages and loadouts: its own service on MySQL, called by the game manager alone. It must never sit on the
 * critical path of a match: a loadout is read while the player waits, and a manager does without when this service is
 * down.
 *
 * <p>Read {@link dev.paddock.inventory.garage.Cashier} first: everything that moves money is in there. Packages:
 * {@code store} (what can be had), {@code garage} (what players have), {@code access} (who may ask), {@code problem} (what
 * a failure looks like).
 */
@NullMarked
package dev.paddock.inventory;

import org.jspecify.annotations.NullMarked;
