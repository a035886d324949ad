/**
 * Writes down what a mode's queue saw, so that other rules can be tried on it offline ({@code ./paddock replay}): who
 * came when, who left, who was brought together. Off unless {@code paddock.recorder.folder} is set. Read {@link
 * dev.paddock.manager.recording.Recorder} first; {@link dev.paddock.manager.recording.RecordedLine} is the format of the
 * files, which writer and reader share.
 */
@NullMarked
package dev.paddock.manager.recording;

import org.jspecify.annotations.NullMarked;
