/**
 * Real servers as objects: Redis, NATS with JetStream, and MariaDB as the MySQL-protocol database, each a supervised
 * child process on loopback, authenticated. The launcher runs the platform on them; the tests of every module run on
 * the very same ones through {@link dev.paddock.local.server.SharedServers}.
 *
 * <p>Read {@link dev.paddock.local.server.ChildProcess} first (how any process is started, watched and ended), then
 * {@link dev.paddock.local.server.RedisServer} (the shortest server). Where the binaries come from: {@code RedisBinary},
 * {@code NatsBinary}, {@code MariadbFiles}; their versions are properties of the parent POM.
 */
@NullMarked
package dev.paddock.local.server;

import org.jspecify.annotations.NullMarked;
