/**
 * Makes the way of a match warm before the manager serves: the first match after a start would otherwise wait for classes
 * that are loaded, scripts that Redis does not know and a first signature. Read {@link dev.paddock.manager.warm.WarmUp}
 * first. Owns no keys and no subjects: what warms may read, and must leave no trace.
 */
@NullMarked
package dev.paddock.manager.warm;

import org.jspecify.annotations.NullMarked;
