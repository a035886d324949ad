/**
 * A match between manager and director: the command that asks for a server, and the events that tell what became of it.
 */
@NullMarked
package dev.paddock.protocol.match;

import org.jspecify.annotations.NullMarked;
