/** Tests of the launcher's parts; the whole of it is tried by the end-to-end tests. */
@NullMarked
package dev.paddock.local.up;

import org.jspecify.annotations.NullMarked;
