/**
 * Players, passwords, login sessions and tokens. Owns the MySQL tables {@code players} and {@code blocked_players} and the Redis keys of login sessions.
 */
@NullMarked
package dev.paddock.manager.account;

import org.jspecify.annotations.NullMarked;
