/** Tests of the servers, on the real ones. */
@NullMarked
package dev.paddock.local.server;

import org.jspecify.annotations.NullMarked;
