/**
 * From formed to ended: asks a director for a server, settles the match on it once, tells the players. Stops 3
 * ({@code requested}, {@link dev.paddock.manager.match.Requests}), 7 ({@code settled}) and 8 ({@code pushed}, both
 * {@link dev.paddock.manager.match.Settling}).
 *
 * <p>Read {@link dev.paddock.manager.match.NextStep} first: every way that a match can go, as one table. A match's truth
 * is the hash {@code paddock:{m}:match:<id>} in Redis, changed only by the scripts of
 * {@link dev.paddock.manager.match.MatchScripts}; keys are in {@code ticket.QueueKeys}.
 *
 * <p>Subjects: asks on {@code paddock.director.<region>.start|stop}, hears {@code paddock.match.*.*} in the queue group
 * {@code managers}, publishes on {@code paddock.player.<playerId>}. MySQL tables: {@code matches},
 * {@code match_players}, and of {@code players} the counters {@code played} and {@code won}, {@code rating} and
 * {@code uncertainty}.
 */
@NullMarked
package dev.paddock.manager.match;

import org.jspecify.annotations.NullMarked;
