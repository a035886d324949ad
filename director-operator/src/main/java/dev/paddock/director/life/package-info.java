/**
 * The director as a running process: what it does again and again, whether it can serve ({@code /health/readiness}), its
 * gauges. Read {@link dev.paddock.director.life.DirectorLoop} first.
 */
@NullMarked
package dev.paddock.director.life;

import org.jspecify.annotations.NullMarked;
