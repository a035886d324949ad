package dev.paddock.director.backend;

import dev.paddock.director.key.PublicKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server as its backend knows it: what only the backend may say of it.
 *
 * @param template of the mode when it was started
 * @param host where players reach it; null: not known yet, as nothing has said on which node it is to run
 * @param keys the one that it was given; several if directors died while they declared it: then it has one of these, and
 *     proves which
 * @param leaving whether its node takes no more servers: no match gets it, and it goes once it has none
 * @param mine whether this director looks after it, and may hand it to a match
 */
public record Placement(
        String serverId,
        String mode,
        String template,
        @Nullable String host,
        List<PublicKey> keys,
        boolean leaving,
        boolean mine) {
    public Placement {
        keys = List.copyOf(keys);
    }

    /** The key of which the server has said this pin; empty: it was not given that. */
    public Optional<PublicKey> proven(String sha256) {
        return keys.stream().filter(key -> key.sha256().equals(sha256)).findFirst();
    }

    /** Its key, if that is known before it has spoken. */
    public Optional<PublicKey> onlyKey() {
        return keys.size() == 1 ? Optional.of(keys.getFirst()) : Optional.empty();
    }
}
