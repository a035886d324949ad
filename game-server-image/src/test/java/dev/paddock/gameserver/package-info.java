/** Tests of the SDK: {@link dev.paddock.gameserver.ServerUnderTest} is a real server process on a real NATS. */
@NullMarked
package dev.paddock.gameserver;

import org.jspecify.annotations.NullMarked;
