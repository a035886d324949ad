/**
 * What stands beside everything that is measured or proved: the commit and the machine. There is one class, {@link
 * dev.paddock.surroundings.Surroundings}.
 */
@NullMarked
package dev.paddock.surroundings;

import org.jspecify.annotations.NullMarked;
