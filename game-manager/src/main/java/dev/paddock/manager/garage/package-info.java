/**
 * The players' way to the inventory service, and the loadout that a ticket takes along.
 */
@NullMarked
package dev.paddock.manager.garage;

import org.jspecify.annotations.NullMarked;
