/**
 * Players, passwords, login sessions and tokens. Owns the MySQL table {@code players} and the Redis keys of login sessions.
 */
@NullMarked
package dev.paddock.manager.account;

import org.jspecify.annotations.NullMarked;
