/**
 * Stands for a director and for all the game servers behind it, in one process, so that thousands of matches can be played
 * on a small machine. Read {@link dev.paddock.swarm.Swarm} first.
 */
@NullMarked
package dev.paddock.swarm;

import org.jspecify.annotations.NullMarked;
