/**
 * The reference game on the SDK: an authoritative drag race over a quarter mile. {@link
 * dev.paddock.dragrace.DragRaceServer} is the main class; {@link dev.paddock.dragrace.RaceState} is the race itself, pure
 * and deterministic; {@link dev.paddock.dragrace.Car} is one car's physics. The lines are {@code
 * dev.paddock.protocol.game}.
 */
@NullMarked
package dev.paddock.dragrace;

import org.jspecify.annotations.NullMarked;
