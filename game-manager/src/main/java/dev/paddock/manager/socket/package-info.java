/**
 * The players' WebSockets (subprotocol {@code paddock.v1}, described in {@code docs/websocket.md}). Stop 9,
 * {@code told}: the first frame on any socket is the player's whole current state, so nobody who was away misses it.
 *
 * <p>Read {@link dev.paddock.manager.socket.Sockets} first, then {@link dev.paddock.manager.socket.PlayerSocket}: Micronaut
 * upgrades the connection (routes, filters, security), and from then on our own handler in Netty's pipeline reads and
 * writes the frames, because closing codes, back-pressure and pongs need what a session object does not show.
 *
 * <p>Subjects: hears {@code paddock.player.<playerId>}, once per connected player. Redis keys: {@code
 * paddock:socket-ticket:{<SHA-256 of the ticket>}}, see {@link dev.paddock.manager.socket.SocketTickets}.
 */
@NullMarked
package dev.paddock.manager.socket;

import org.jspecify.annotations.NullMarked;
