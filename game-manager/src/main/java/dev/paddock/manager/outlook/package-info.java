/**
 * What may be expected of waiting: how long tickets have waited lately, how good their matches were, and what the holder
 * of a mode's lease says of a ticket that waits now. All in memory: no Redis operation, and nothing done for a player who
 * only waits.
 *
 * <p>{@link dev.paddock.manager.outlook.Recent} is filled by {@code matchmaking} where matches are formed;
 * {@link dev.paddock.manager.outlook.Outlooks} asks for it, and for the rest, from wherever a player happens to be.
 *
 * <p>Subjects: asks on {@code paddock.queue.<mode>.ticket} and {@code paddock.queue.<mode>.report}.
 */
@NullMarked
package dev.paddock.manager.outlook;

import org.jspecify.annotations.NullMarked;
