/**
 * Passwords and keys of a platform, and {@code ./paddock keys}, which makes them for one that runs in a cluster. Read
 * {@link dev.paddock.local.keys.ClusterKeys} first: it says which file is whose.
 */
@NullMarked
package dev.paddock.local.keys;

import org.jspecify.annotations.NullMarked;
