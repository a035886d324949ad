@NullMarked
package dev.paddock.local.keys;

import org.jspecify.annotations.NullMarked;
