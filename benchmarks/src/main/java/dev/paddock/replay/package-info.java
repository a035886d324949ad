/**
 * {@code ./paddock replay}: what a mode's rules would have done with recorded tickets. Read {@link
 * dev.paddock.replay.ReplayCommand} first.
 */
@NullMarked
package dev.paddock.replay;

import org.jspecify.annotations.NullMarked;
