/**
 * Keeps every mode's standby servers up: refills after each take, retires what is surplus or of an old template. Read
 * {@link dev.paddock.director.standby.StandbyPlan} first.
 */
@NullMarked
package dev.paddock.director.standby;

import org.jspecify.annotations.NullMarked;
