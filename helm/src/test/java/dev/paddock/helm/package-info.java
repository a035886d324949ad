/** The chart, linted and rendered by Helm itself. */
@NullMarked
package dev.paddock.helm;

import org.jspecify.annotations.NullMarked;
