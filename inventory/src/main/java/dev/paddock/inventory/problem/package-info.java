/**
 * What a failure looks like: {@code application/problem+json} (RFC 9457) with a stable {@code type}, whatever failed and
 * wherever. Read {@link dev.paddock.inventory.problem.ProblemKind} first: it is the list of all types.
 */
@NullMarked
package dev.paddock.inventory.problem;

import org.jspecify.annotations.NullMarked;
