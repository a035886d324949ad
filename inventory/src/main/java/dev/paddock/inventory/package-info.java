@NullMarked
package dev.paddock.inventory;

import org.jspecify.annotations.NullMarked;
