@NullMarked
package dev.paddock.director;

import org.jspecify.annotations.NullMarked;
