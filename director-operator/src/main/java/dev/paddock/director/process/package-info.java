/**
 * Game servers as child processes on this machine. Owns {@code servers/}, {@code pids/} and {@code logs/} in {@code
 * paddock.director.state-dir}. Read {@link dev.paddock.director.process.ProcessBackend} first.
 */
@NullMarked
package dev.paddock.director.process;

import org.jspecify.annotations.NullMarked;
