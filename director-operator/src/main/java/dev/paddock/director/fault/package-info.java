/**
 * For tests: a director that dies at a named point, so that what it leaves half done can be looked at. Off unless it is set.
 * Read {@link dev.paddock.director.fault.FaultPoints} first.
 */
@NullMarked
package dev.paddock.director.fault;

import org.jspecify.annotations.NullMarked;
