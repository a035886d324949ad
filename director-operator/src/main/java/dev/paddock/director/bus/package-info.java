/**
 * The only package that knows jnats: publish, request, subscribe, KV buckets and the credentials of game servers.
 * Subjects: see {@link dev.paddock.protocol.Subjects}. Read {@link dev.paddock.director.bus.Bus} first.
 */
@NullMarked
package dev.paddock.director.bus;

import org.jspecify.annotations.NullMarked;
