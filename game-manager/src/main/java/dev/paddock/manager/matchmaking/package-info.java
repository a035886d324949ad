/**
 * Brings waiting tickets together. Stop 2 of a match, {@code formed}. Read {@code Pool} (decides) and {@code Matchmaking} (does) first.
 */
@NullMarked
package dev.paddock.manager.matchmaking;

import org.jspecify.annotations.NullMarked;
