/**
 * {@code ./paddock up}: the whole platform on this machine, as child processes.
 *
 * <pre>
 * redis ────────────────┐
 * mariadb ─┬────────────┼─▶ game-manager ─▶ /v1/modes lists a mode: ready
 *          └▶ inventory │
 * nats ────┬────────────┘
 *          └▶ director ─▶ standby game servers
 * </pre>
 *
 * <p>Read {@link dev.paddock.local.up.Platform} first (what starts when, what stops when), then {@code DataFolder}
 * (what is where on disk, and what a killed launcher leaves).
 */
@NullMarked
package dev.paddock.local.up;

import org.jspecify.annotations.NullMarked;
