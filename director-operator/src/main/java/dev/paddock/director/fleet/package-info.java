/**
 * What the director knows of its servers and their matches, and what follows from it: decisions as data, no input or
 * output. Read {@link dev.paddock.director.fleet.ServerBook} first.
 */
@NullMarked
package dev.paddock.director.fleet;

import org.jspecify.annotations.NullMarked;
