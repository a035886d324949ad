package dev.paddock.protocol.mode;

import java.util.regex.Pattern;

/**
 * What can be played, as managers need to know it. Directors publish one per mode in the KV bucket {@code modes}.
 *
 * @param name lower-case letters, digits and dashes, as in a Kubernetes name
 */
public record Mode(String name, MatchingRules matching, MatchLimits limits) {
    private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,38}[a-z0-9])?");

    public Mode {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a mode's name is 1 to 40 lower-case letters, digits and dashes, is '" + name + "'");
        }
    }
}
