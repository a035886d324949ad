/**
 * What crosses a process boundary in Paddock: subjects, commands, events and frames, each a record that is one JSON
 * object on the wire. Depends on Jackson alone, so that a manager, a director, a game server and a client can all use it.
 *
 * <p>Read {@link dev.paddock.protocol.Stop} first (the way of a match), then {@link dev.paddock.protocol.Subjects}
 * (who says what where). Fields are added, never renamed; the golden files of this module's tests hold that.
 */
@NullMarked
package dev.paddock.protocol;

import org.jspecify.annotations.NullMarked;
