@NullMarked
package dev.paddock.crds;

import org.jspecify.annotations.NullMarked;
