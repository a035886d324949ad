/**
 * The director's stops of a match: {@link dev.paddock.director.match.AssignedStop assigned}, {@link
 * dev.paddock.director.match.StartedStop started}, {@link dev.paddock.director.match.ReadyStop ready}; and its end. Hears
 * {@code paddock.director.<region>.*} and {@code paddock.server.*.*}, tells {@code paddock.match.*.*}.
 */
@NullMarked
package dev.paddock.director.match;

import org.jspecify.annotations.NullMarked;
