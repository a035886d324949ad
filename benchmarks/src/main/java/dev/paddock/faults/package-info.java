/**
 * {@code ./paddock faults}: real managers, Redis and NATS are broken at random while many play, and a checker proves that
 * nobody was lost. Read {@link dev.paddock.faults.FaultsCommand} first; {@code docs/faults.md} says what is proved.
 */
@NullMarked
package dev.paddock.faults;

import org.jspecify.annotations.NullMarked;
