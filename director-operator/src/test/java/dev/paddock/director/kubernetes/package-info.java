@NullMarked
package dev.paddock.director.kubernetes;

import org.jspecify.annotations.NullMarked;
