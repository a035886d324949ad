/**
 * The game manager: the only part of Paddock that players reach. Stateless; any number of replicas share Redis, NATS and
 * MySQL. Follow one match through {@code ticket} (queued), {@code matchmaking} (formed), {@code match} (requested,
 * settled) and {@code socket} (pushed, told).
 */
@NullMarked
package dev.paddock.manager;

import org.jspecify.annotations.NullMarked;
