/**
 * What can be had: cars, and items for cars, with their prices and stats. Seeded by the migration; read-only for this
 * service. Read {@link dev.paddock.inventory.store.Car} first. Owns the tables {@code cars} and {@code items}.
 */
@NullMarked
package dev.paddock.inventory.store;

import org.jspecify.annotations.NullMarked;
