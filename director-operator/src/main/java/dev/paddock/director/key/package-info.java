/**
 * The RSA keys of game servers: made ahead of time, never on the path of a match, and kept nowhere. Read {@link
 * dev.paddock.director.key.KeyPool} first.
 */
@NullMarked
package dev.paddock.director.key;

import org.jspecify.annotations.NullMarked;
