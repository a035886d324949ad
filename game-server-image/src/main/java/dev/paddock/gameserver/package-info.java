/**
 * The game-server SDK: a process that keeps the contract of {@code docs/game-server.md} around a {@link
 * dev.paddock.gameserver.Game}. A game developer needs {@link dev.paddock.gameserver.GameServer}, {@link
 * dev.paddock.gameserver.Game}, {@link dev.paddock.gameserver.MatchRun} and {@link dev.paddock.gameserver.Stage}.
 *
 * <p>Inside, {@link dev.paddock.gameserver.ServerLife} decides and {@link dev.paddock.gameserver.LifeLoop} does; {@link
 * dev.paddock.gameserver.DirectorLink} is the only class that knows NATS, the package {@code channel} the only one that
 * knows TLS. Subjects: {@code paddock.server.<serverId>.>}, its own and no other.
 */
@NullMarked
package dev.paddock.gameserver;

import org.jspecify.annotations.NullMarked;
