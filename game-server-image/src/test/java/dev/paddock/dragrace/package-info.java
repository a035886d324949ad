/** Tests of the drag race: pure ones of the race, and one of the whole server with two drivers. */
@NullMarked
package dev.paddock.dragrace;

import org.jspecify.annotations.NullMarked;
