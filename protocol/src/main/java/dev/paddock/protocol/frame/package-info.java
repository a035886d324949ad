/**
 * What a player's WebSocket carries (subprotocol {@code paddock.v1}), and how managers pass it to the one that holds the socket.
 */
@NullMarked
package dev.paddock.protocol.frame;

import org.jspecify.annotations.NullMarked;
