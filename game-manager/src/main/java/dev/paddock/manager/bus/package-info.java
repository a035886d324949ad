/**
 * The only package that knows jnats: publish, request, subscribe and watch, in records of {@code protocol}.
 */
@NullMarked
package dev.paddock.manager.bus;

import org.jspecify.annotations.NullMarked;
