/**
 * The commands behind {@code ./paddock}: {@link dev.paddock.local.Main} hands over to one class for each word, in
 * {@link dev.paddock.local.up} and {@code play}.
 */
@NullMarked
package dev.paddock.local;

import org.jspecify.annotations.NullMarked;
