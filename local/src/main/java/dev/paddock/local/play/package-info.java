/**
 * {@code ./paddock play}: real players against a running platform, over its public contract alone (REST, the WebSocket,
 * the game server's TLS channel), and a report of what they met.
 *
 * <pre>
 * PlayCommand → Run: register, log in, socket → round: tickets → PlayerMatched → Race → MatchEnded → MatchReport → text or JSON
 * </pre>
 *
 * Read {@link dev.paddock.local.play.Run} first, then {@link dev.paddock.local.play.Player}. Deciding and drawing are
 * pure: {@link dev.paddock.local.play.Hands}, {@link dev.paddock.local.play.Timeline}, {@link
 * dev.paddock.local.play.Summary}, {@link dev.paddock.local.play.TextReport}.
 */
@NullMarked
package dev.paddock.local.play;

import org.jspecify.annotations.NullMarked;
