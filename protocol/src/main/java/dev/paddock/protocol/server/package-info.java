/**
 * The contract between a director and a game server (DESIGN 4.4): the files a server is given, what it answers, what it says.
 */
@NullMarked
package dev.paddock.protocol.server;

import org.jspecify.annotations.NullMarked;
