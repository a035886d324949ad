/** Pure tests of the channel's parts. */
@NullMarked
package dev.paddock.gameserver.channel;

import org.jspecify.annotations.NullMarked;
