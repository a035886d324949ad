/**
 * Who may ask: the holder of the service token, and anybody for health and metrics. Read
 * {@link dev.paddock.inventory.access.ServiceTokenFilter} first.
 */
@NullMarked
package dev.paddock.inventory.access;

import org.jspecify.annotations.NullMarked;
