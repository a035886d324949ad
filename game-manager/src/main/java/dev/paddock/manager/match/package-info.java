/**
 * From formed to ended: asks a director for a server, settles the match on it once, tells the players. Stops 3, 7 and 8.
 */
@NullMarked
package dev.paddock.manager.match;

import org.jspecify.annotations.NullMarked;
