@NullMarked
package dev.paddock.director.operator;

import org.jspecify.annotations.NullMarked;
