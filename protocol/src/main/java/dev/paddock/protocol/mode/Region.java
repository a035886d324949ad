package dev.paddock.protocol.mode;

import org.jspecify.annotations.Nullable;

/**
 * Where matches can run. Directors publish theirs in the KV bucket {@code regions}.
 *
 * @param name lower-case letters, digits and dashes
 * @param pingUrl what a client may GET over HTTP to measure its latency to the region, if there is such a place
 */
public record Region(String name, @Nullable String pingUrl) {}
