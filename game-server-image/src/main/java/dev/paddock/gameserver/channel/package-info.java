/**
 * The players' channel: TLS over TCP, one JSON object a line (docs/game-protocol.md), never plain text. Read {@link
 * dev.paddock.gameserver.channel.Listener} first, then {@link dev.paddock.gameserver.channel.Connection}; what the
 * channel knows of the match is {@link dev.paddock.gameserver.channel.Guests}.
 *
 * <p>Every limit that keeps one bad client from hurting the others is in {@link
 * dev.paddock.gameserver.channel.ChannelLimits}.
 */
@NullMarked
package dev.paddock.gameserver.channel;

import org.jspecify.annotations.NullMarked;
