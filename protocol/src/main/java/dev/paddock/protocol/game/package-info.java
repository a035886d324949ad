/**
 * What a player's client and a game server say to each other over their own TLS channel, one JSON object a line
 * (docs/game-protocol.md). {@code Join}, {@code Joined}, {@code Rejected}, {@code Dropped} and {@code Result} are the
 * same in every game on the SDK; the others are the drag race's.
 *
 * <p>Read {@link dev.paddock.protocol.game.ToServer} first, then {@link dev.paddock.protocol.game.FromServer}. {@link
 * dev.paddock.protocol.game.Driver} is here because it is nothing but a reading of these lines, and the race's tests and
 * the play client both drive by it.
 */
@NullMarked
package dev.paddock.protocol.game;

import org.jspecify.annotations.NullMarked;
