package dev.paddock.manager.mode;

import dev.paddock.manager.problem.Checks;
import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import dev.paddock.protocol.mode.Mode;
import dev.paddock.protocol.mode.Role;
import io.micronaut.core.annotation.Introspected;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How and where a player can play, as the player's client says.
 *
 * @param latencies by region, in milliseconds, as the client measured them; absent: every region fits
 * @param attributes of the client, such as its version
 * @param roles that the player can play, the favourite first
 */
@Introspected
public record Preferences(
        @Nullable Map<String, @Nullable Integer> latencies,
        @Nullable Map<String, @Nullable String> attributes,
        @Nullable List<@Nullable String> roles) {
    /** Nothing is said. */
    public static final Preferences NONE = new Preferences(null, null, null);

    private static final int MOST_REGIONS = 32;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_LATENCY = 10_000;
    private static final int MOST_ATTRIBUTES = 16;
    private static final int MOST_ROLES = 16;
    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z][a-zA-Z0-9-]{0,31}");
    private static final Pattern VALUE = Pattern.compile("[ -~]{1,64}");
    private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /** Notes all that can be wrong whatever is played. */
    public void check(Checks checks) {
        checkLatencies(checks);
        checkAttributes(checks);
        checkRoles(checks);
    }

    /** Notes roles that the mode does not have. */
    public void check(Checks checks, Mode mode) {
        List<String> known = mode.matching().roles().stream().map(Role::name).toList();
        for (String role : knownRoles()) {
            checks.that(
                    known.contains(role),
                    "roles",
                    known.isEmpty()
                            ? "mode " + mode.name() + " has no roles"
                            : "mode " + mode.name() + " has the roles " + String.join(", ", known));
        }
    }

    /** Latencies to regions that are there. A client may know some that are not (any more), but not only such. */
    public Map<String, Integer> knownLatencies(Regions regions) {
        Map<String, Integer> known = new HashMap<>();
        if (latencies == null || latencies.isEmpty()) {
            return known;
        }
        latencies.forEach((region, latency) -> {
            if (latency != null && regions.find(region).isPresent()) {
                known.put(region, latency);
            }
        });
        if (known.isEmpty()) {
            throw new ProblemException(
                    ProblemType.UNKNOWN_REGION, "None of these regions is there. GET /v1/regions lists them.");
        }
        return known;
    }

    /** The attributes; {@link #check} has found no value missing. */
    public Map<String, String> knownAttributes() {
        Map<String, String> known = new HashMap<>();
        if (attributes != null) {
            attributes.forEach((name, value) -> known.put(name, String.valueOf(value)));
        }
        return known;
    }

    /** The roles; {@link #check} has found none missing. */
    public List<String> knownRoles() {
        return roles == null ? List.of() : roles.stream().map(String::valueOf).toList();
    }

    private void checkLatencies(Checks checks) {
        if (latencies == null) {
            return;
        }
        if (latencies.size() > MOST_REGIONS) {
            checks.that(false, "latencies", "must name at most " + MOST_REGIONS + " regions");
            return;
        }
        latencies.forEach((region, latency) -> {
            boolean named = !region.isEmpty() && region.length() <= LONGEST_NAME;
            checks.that(named, "latencies", "a region's name has 1 to " + LONGEST_NAME + " characters");
            boolean possible = latency != null && latency >= 0 && latency <= LONGEST_LATENCY;
            checks.that(
                    possible || !named,
                    "latencies." + (named ? region : ""),
                    "must be 0 to " + LONGEST_LATENCY + " milliseconds");
        });
    }

    private void checkAttributes(Checks checks) {
        if (attributes == null) {
            return;
        }
        if (attributes.size() > MOST_ATTRIBUTES) {
            checks.that(false, "attributes", "must be at most " + MOST_ATTRIBUTES);
            return;
        }
        attributes.forEach((name, value) -> {
            boolean named = ATTRIBUTE.matcher(name).matches();
            checks.that(
                    named,
                    "attributes",
                    "a name has 1 to 32 letters, digits and dashes, and begins with a small letter");
            checks.that(
                    !named || (value != null && VALUE.matcher(value).matches()),
                    "attributes." + (named ? name : ""),
                    "must be 1 to 64 printable ASCII characters");
        });
    }

    private void checkRoles(Checks checks) {
        if (roles == null) {
            return;
        }
        checks.that(roles.size() <= MOST_ROLES, "roles", "must be at most " + MOST_ROLES);
        checks.that(new HashSet<>(roles).size() == roles.size(), "roles", "must name each role once");
        boolean named = roles.stream()
                .allMatch(role -> role != null && ROLE.matcher(role).matches());
        checks.that(named, "roles", "a role's name has 1 to 32 small letters, digits and dashes");
    }
}
