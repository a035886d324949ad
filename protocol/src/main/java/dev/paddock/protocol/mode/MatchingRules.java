package dev.paddock.protocol.mode;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paddock.protocol.DurationText;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may meet whom: the {@code matching} section of a mode, the same words in YAML, in the custom resource and here.
 *
 * @param teams how a match is divided
 * @param rank how far apart two tickets' ratings may be
 * @param latency how far, in milliseconds, a player may be from the region; a player who named no latency fits every
 *     region, at the mode's {@code latency.start}
 * @param ticketLifetime how long a ticket waits before it ends as expired
 * @param equal names of attributes that are the same for all of a match, such as the client's version; a ticket without
 *     one of them meets only those that lack it too
 * @param roles what each team needs
 * @param acceptWithin how long players have to accept a match that was found; null: they are not asked
 * @param backfill whether a running match with free seats takes a ticket that fits before a new match is formed; not together
 *     with {@code acceptWithin}, because a match that runs waits for nobody's answer
 * @param lostSocketGrace how long a ticket outlives the last socket of a player; null: it does not depend on sockets
 */
public record MatchingRules(
        @JsonProperty(required = true) Teams teams,
        @JsonProperty(required = true) Window rank,
        @JsonProperty(required = true) Window latency,
        @JsonProperty(required = true) @DurationText.Written Duration ticketLifetime,
        List<String> equal,
        List<Role> roles,
        @DurationText.Written @Nullable Duration acceptWithin,
        Boolean backfill,
        @DurationText.Written @Nullable Duration lostSocketGrace) {
    private static final int MOST_ATTRIBUTES = 8;
    private static final int MOST_ROLES = 16;
    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z][a-zA-Z0-9-]{0,31}");

    public MatchingRules {
        // What a file leaves out comes as null.
        backfill = backfill != null && backfill;
        equal = equal == null ? List.of() : List.copyOf(equal);
        roles = roles == null ? List.of() : List.copyOf(roles);
        if (ticketLifetime.compareTo(Duration.ofSeconds(1)) < 0 || ticketLifetime.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("ticketLifetime must be 1s to 24h, is " + ticketLifetime);
        }
        if (equal.size() > MOST_ATTRIBUTES || new HashSet<>(equal).size() < equal.size()) {
            throw new IllegalArgumentException("equal names at most " + MOST_ATTRIBUTES + " attributes, each once");
        }
        for (String attribute : equal) {
            if (!ATTRIBUTE.matcher(attribute).matches()) {
                throw new IllegalArgumentException(
                        "equal: an attribute's name is 1 to 32 letters, digits and dashes, is '" + attribute + "'");
            }
        }
        checkOpens("rank", rank);
        checkOpens("latency", latency);
        checkRoles(teams, roles);
        if (acceptWithin != null && !within(acceptWithin, Duration.ofSeconds(1), Duration.ofMinutes(2))) {
            throw new IllegalArgumentException("acceptWithin must be 1s to 2m, is " + acceptWithin);
        }
        if (lostSocketGrace != null && !within(lostSocketGrace, Duration.ofSeconds(1), ticketLifetime)) {
            throw new IllegalArgumentException("lostSocketGrace must be 1s to ticketLifetime, is " + lostSocketGrace);
        }
        if (backfill && acceptWithin != null) {
            throw new IllegalArgumentException(
                    "backfill and acceptWithin exclude each other: a match that runs cannot wait until a player accepts");
        }
        if (teams.fewerAfter() != null && teams.fewerAfter().compareTo(ticketLifetime) >= 0) {
            throw new IllegalArgumentException(
                    "teams.fewerAfter must be less than ticketLifetime, or fewer never start; is "
                            + teams.fewerAfter());
        }
    }

    /** The rules that every mode has, without any of the others. */
    public MatchingRules(Teams teams, Window rank, Window latency, Duration ticketLifetime) {
        this(teams, rank, latency, ticketLifetime, List.of(), List.of(), null, false, null);
    }

    private static void checkOpens(String field, Window window) {
        if (window.limit() == 0) {
            throw new IllegalArgumentException(field + ".limit must be more than 0, or the window never opens");
        }
        if (window.widenPerSecond() == 0 && window.start() < window.limit()) {
            throw new IllegalArgumentException(
                    field + ".widenPerSecond must be more than 0, or the window never gets from " + field + ".start="
                            + window.start() + " to " + field + ".limit=" + window.limit());
        }
    }

    private static void checkRoles(Teams teams, List<Role> roles) {
        if (roles.size() > MOST_ROLES) {
            throw new IllegalArgumentException("roles: there may be " + MOST_ROLES + ", are " + roles.size());
        }
        if (roles.stream().map(Role::name).distinct().count() < roles.size()) {
            throw new IllegalArgumentException("roles: each role is named once");
        }
        int least = teams.leastSize() == null ? teams.size() : teams.leastSize();
        int needed = roles.stream().mapToInt(Role::min).sum();
        if (needed > least) {
            throw new IllegalArgumentException(
                    "roles: a team needs " + needed + " players of its roles, and may have only " + least);
        }
    }

    private static boolean within(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }
}
