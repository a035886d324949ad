@NullMarked
package dev.paddock.protocol;

import org.jspecify.annotations.NullMarked;
