/**
 * What can be played and where: the records that directors publish in the JetStream KV buckets {@code modes} and {@code regions}.
 */
@NullMarked
package dev.paddock.protocol.mode;

import org.jspecify.annotations.NullMarked;
