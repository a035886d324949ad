/**
 * What can be played here: {@code GameMode} files read from a folder, followed as they change, and published to the
 * managers in the KV buckets {@code modes} and {@code regions}. Read {@link dev.paddock.director.mode.Modes} first.
 */
@NullMarked
package dev.paddock.director.mode;

import org.jspecify.annotations.NullMarked;
