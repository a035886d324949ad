/**
 * What went wrong, in the words of RFC 9457: every error answer of the manager is a {@link dev.paddock.manager.problem.ProblemType}.
 */
@NullMarked
package dev.paddock.manager.problem;

import org.jspecify.annotations.NullMarked;
