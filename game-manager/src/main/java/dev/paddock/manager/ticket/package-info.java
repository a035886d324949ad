/**
 * One wish to play: queued, cancelled, expired, looked up. Stop 1 of a match, {@code queued}.
 */
@NullMarked
package dev.paddock.manager.ticket;

import org.jspecify.annotations.NullMarked;
