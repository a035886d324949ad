/**
 * What managers ask each other about the waiting tickets of a mode. One of them has all of these in memory, the holder of
 * the mode's lease: it answers on {@code paddock.queue.<mode>.ticket} and {@code paddock.queue.<mode>.report}, the others
 * are silent.
 */
@NullMarked
package dev.paddock.protocol.queue;

import org.jspecify.annotations.NullMarked;
