package dev.paddock.crds;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the API server checks of {@code matching} and {@code limits}, rules (CEL) included, in the words of {@link
 * dev.paddock.protocol.mode.MatchingRules} and {@link dev.paddock.protocol.mode.MatchLimits}; those know nothing of
 * Kubernetes, and the generator takes their durations for dates, so that {@code 5m} would be refused. A test holds both sides
 * to the same names. What is refused here or there is refused by both: an operator whose records cannot read what the API
 * server holds sees nothing at all. Never instantiated. Rules stand on types: on a record's component the generator writes
 * them twice, and the API server refuses that. {@link ServerSchema} is of {@code server}.
 */
final class SpecSchema {
    private static final String DURATION = "^[0-9]{1,12}(ms|s|m|h)$";

    /** Longer texts are no duration; the API server wants to know before it weighs what a rule may cost. */
    private static final int LONGEST_DURATION = 14;

    private SpecSchema() {}

    @ValidationRule(
            value =
                    "duration(self.ticketLifetime) >= duration('1s') && duration(self.ticketLifetime) <= duration('24h')",
            message = "ticketLifetime must be 1s to 24h",
            fieldPath = ".ticketLifetime")
    @ValidationRule(
            value =
                    "!has(self.acceptWithin) || (duration(self.acceptWithin) >= duration('1s') && duration(self.acceptWithin) <= duration('2m'))",
            message = "acceptWithin must be 1s to 2m",
            fieldPath = ".acceptWithin")
    @ValidationRule(
            value =
                    "!has(self.lostSocketGrace) || (duration(self.lostSocketGrace) >= duration('1s') && duration(self.lostSocketGrace) <= duration(self.ticketLifetime))",
            message = "lostSocketGrace must be 1s to ticketLifetime",
            fieldPath = ".lostSocketGrace")
    @ValidationRule(
            value = "!has(self.backfill) || !self.backfill || !has(self.acceptWithin)",
            message =
                    "backfill and acceptWithin exclude each other: a match that runs cannot wait until a player accepts")
    @ValidationRule(
            value = "!has(self.teams.fewerAfter) || duration(self.teams.fewerAfter) < duration(self.ticketLifetime)",
            message = "teams.fewerAfter must be less than ticketLifetime, or fewer never start")
    @ValidationRule(
            value =
                    "!has(self.roles) || self.roles.map(role, role.min).sum() <= (has(self.teams.leastSize) ? self.teams.leastSize : self.teams.size)",
            message = "roles: a team needs more players of its roles than it may have")
    @ValidationRule(
            value = "!has(self.equal) || self.equal.all(one, self.equal.filter(other, other == one).size() == 1)",
            message = "equal names each attribute once")
    @ValidationRule(
            value =
                    "!has(self.roles) || self.roles.all(one, self.roles.filter(other, other.name == one.name).size() == 1)",
            message = "each role is named once")
    record Matching(
            @Required Teams teams,
            @Required Window rank,
            @Required Window latency,

            @Required @Pattern(DURATION) @Size(max = LONGEST_DURATION)
            String ticketLifetime,

            @Nullable @Size(max = 8) List<@Size(max = 32) @Pattern("^[a-z][a-zA-Z0-9-]{0,31}$") String> equal,
            @Nullable @Size(max = 16) List<Role> roles,

            @Nullable @Pattern(DURATION) @Size(max = LONGEST_DURATION)
            String acceptWithin,

            @Nullable Boolean backfill,

            @Nullable @Pattern(DURATION) @Size(max = LONGEST_DURATION)
            String lostSocketGrace) {}

    @ValidationRule(
            value = "has(self.leastSize) == has(self.fewerAfter)",
            message = "leastSize and fewerAfter are given together or not at all")
    @ValidationRule(
            value = "!has(self.leastSize) || self.leastSize <= self.size",
            message = "leastSize must not be more than size",
            fieldPath = ".leastSize")
    record Teams(
            @Required @Min(1) @Max(100) int count,
            @Required @Min(1) @Max(100) int size,
            @Nullable @Min(1) @Max(100) Integer leastSize,

            @Nullable @Pattern(DURATION) @Size(max = LONGEST_DURATION)
            String fewerAfter) {}

    @ValidationRule(value = "self.min <= self.max", message = "min must not be more than max", fieldPath = ".min")
    record Role(
            @Required @Size(max = 32) @Pattern("^[a-z][a-z0-9-]{0,31}$")
            String name,

            @Required @Min(0) @Max(100) int min,
            @Required @Min(1) @Max(100) int max) {}

    @ValidationRule(
            value = "self.limit > 0.0",
            message = "limit must be more than 0, or the window never opens",
            fieldPath = ".limit")
    @ValidationRule(
            value = "self.start <= self.limit",
            message = "start must not be more than limit",
            fieldPath = ".start")
    @ValidationRule(
            value = "self.widenPerSecond > 0.0 || self.start >= self.limit",
            message = "widenPerSecond must be more than 0, or the window never gets from start to limit",
            fieldPath = ".widenPerSecond")
    record Window(
            @Required @Min(0) double start,
            @Required @Min(0) double widenPerSecond,
            @Required @Min(0) double limit) {}

    @ValidationRule(
            value = "duration(self.readyWithin) > duration('0s')",
            message = "readyWithin must be positive",
            fieldPath = ".readyWithin")
    @ValidationRule(
            value = "duration(self.joinWithin) > duration('0s')",
            message = "joinWithin must be positive",
            fieldPath = ".joinWithin")
    @ValidationRule(
            value = "duration(self.longest) > duration(self.joinWithin)",
            message = "longest must be more than joinWithin",
            fieldPath = ".longest")
    record Limits(
            @Required @Pattern(DURATION) @Size(max = LONGEST_DURATION)
            String readyWithin,

            @Required @Min(1) @Max(10) int startTries,

            @Required @Pattern(DURATION) @Size(max = LONGEST_DURATION)
            String joinWithin,

            @Required @Pattern(DURATION) @Size(max = LONGEST_DURATION)
            String longest) {}
}
