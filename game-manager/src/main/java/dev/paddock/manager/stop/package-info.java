/**
 * Leaves a log line and a timer at each of the nine stops of a match.
 */
@NullMarked
package dev.paddock.manager.stop;

import org.jspecify.annotations.NullMarked;
