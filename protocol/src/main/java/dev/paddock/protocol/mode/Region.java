package dev.paddock.protocol.mode;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where matches can run. Directors publish theirs in the KV bucket {@code regions}.
 *
 * @param name lower-case letters, digits and dashes
 * @param pingUrl what a client may GET over HTTP to measure its latency to the region, if there is such a place
 * @param modes what can be played there, by name; null: it does not say, and so everything
 */
public record Region(
        String name, @Nullable String pingUrl, @Nullable List<String> modes) {
    public Region {
        modes = modes == null ? null : List.copyOf(modes);
    }

    /** Whether a mode can be played there. */
    public boolean has(String mode) {
        return modes == null || modes.contains(mode);
    }
}
