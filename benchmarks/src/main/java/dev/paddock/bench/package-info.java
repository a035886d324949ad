/**
 * {@code ./paddock bench}: how fast the matcher, the queue in Redis, the REST API and game servers on Kubernetes are, each beside a baseline from the
 * same run. Read {@link dev.paddock.bench.BenchCommand} first.
 */
@NullMarked
package dev.paddock.bench;

import org.jspecify.annotations.NullMarked;
