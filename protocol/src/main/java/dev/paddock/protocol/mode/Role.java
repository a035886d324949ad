package dev.paddock.protocol.mode;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.regex.Pattern;

/**
 * What every team of a match needs: so many players who play this role. A player names the roles that he can play, and is
 * counted for one of them; one who names none can fill any place that no role asks for.
 *
 * @param name lower-case letters, digits and dashes
 * @param min at least so many in each team
 * @param max at most so many in each team
 */
public record Role(
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) int min,
        @JsonProperty(required = true) int max) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public Role {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a role's name is 1 to 32 lower-case letters, digits and dashes, is '" + name + "'");
        }
        if (min < 0 || max < 1 || max < min) {
            throw new IllegalArgumentException(
                    "role " + name + " needs 0 <= min <= max and 1 <= max, is min=" + min + " max=" + max);
        }
    }
}
