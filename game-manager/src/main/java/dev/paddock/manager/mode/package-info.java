/**
 * What can be played and where, as the directors publish it in NATS KV; kept in memory.
 */
@NullMarked
package dev.paddock.manager.mode;

import org.jspecify.annotations.NullMarked;
