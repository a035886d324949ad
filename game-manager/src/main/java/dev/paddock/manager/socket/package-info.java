/**
 * The players' WebSockets. Stops 8 and 9: what is pushed, and the whole current state as first frame.
 */
@NullMarked
package dev.paddock.manager.socket;

import org.jspecify.annotations.NullMarked;
