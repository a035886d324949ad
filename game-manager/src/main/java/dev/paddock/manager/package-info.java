@NullMarked
package dev.paddock.manager;

import org.jspecify.annotations.NullMarked;
