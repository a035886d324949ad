/**
 * What holds across the parts: the architecture's rules ({@code ArchitectureTest}) and the README's promises, kept by the
 * real platform ({@code *E2E}).
 */
@NullMarked
package dev.paddock.e2e;

import org.jspecify.annotations.NullMarked;
