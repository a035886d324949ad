/**
 * The director: it answers "a server for this match" on NATS with a standby server, or starts one. One deployment per
 * region; any number of replicas.
 *
 * <pre>
 * manager ──start──▶ match ──take──▶ fleet (what is known of every server, in memory)
 *                      │  ╲──assign──▶ game server ──ready, heartbeat, ended──▶ match ──▶ managers
 *                      ╰─no standby─▶ backend (process; Kubernetes later) ◀──refill── standby
 * </pre>
 *
 * <p>Read {@link dev.paddock.director.match.AssignedStop} first, then {@link dev.paddock.director.fleet.ServerBook}.
 */
@NullMarked
package dev.paddock.director;

import org.jspecify.annotations.NullMarked;
