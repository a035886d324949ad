/**
 * The only package that knows Lettuce: commands, scripts and streams, blocking, for virtual threads.
 */
@NullMarked
package dev.paddock.manager.redis;

import org.jspecify.annotations.NullMarked;
