package dev.paddock.crds;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server checks of {@code matching} and {@code limits}, rules (CEL) included, in the words of {@link
 * dev.paddock.protocol.mode.MatchingRules} and {@link dev.paddock.protocol.mode.MatchLimits}; those know nothing of
 * Kubernetes, and the generator takes their durations for dates, so that {@code 5m} would be refused. And of {@code server},
 * in the words of {@link ServerTemplate}: of Kubernetes' own types the generator knows the fields, and not what may stand in
 * them. A test holds both sides to the same names. What is refused here or there is refused by both: an operator whose records
 * cannot read what the API server holds sees nothing at all. Never instantiated. Rules stand on types: on a record's component
 * the generator writes them twice, and the API server refuses that.
 */
final class SpecSchema {
    private static final String DURATION = "^[0-9]{1,12}(ms|s|m|h)$";

    /** Longer texts are no duration; the API server wants to know before it weighs what a rule may cost. */
    private static final int LONGEST_DURATION = 14;

    static final String QUANTITY = "^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$";

    /** A rule compares them pair by pair, and the API server counts what that may cost. */
    static final int MOST_RESOURCES = 4;

    /** Numbers and texts, as people write them. The generator does not look at annotations of a quantity in a map. */
    private static final String QUANTITIES = "{\"type\": \"object\", \"maxProperties\": " + MOST_RESOURCES
            + ", \"additionalProperties\": {\"anyOf\": [{\"type\": \"integer\"}, {\"type\": \"string\"}],"
            + " \"x-kubernetes-int-or-string\": true, \"minimum\": 0, \"pattern\": \"" + QUANTITY + "\"}}";

    static final String VARIABLE = "^[A-Za-z_][A-Za-z0-9_.-]*$";

    /** A label's value, the empty one included. */
    static final String LABEL = "^([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?$";

    static final String OPERATOR = "^(Exists|Equal)$";
    static final String EFFECT = "^(NoSchedule|PreferNoSchedule|NoExecute)$";

    static final int MOST_VARIABLES = 64;
    static final int MOST_LABELS = 16;
    static final int MOST_TOLERATIONS = 32;

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

    @ValidationRule(
            value = "!has(self.env) || !self.env.exists(one, one.name == 'PADDOCK_DIR')",
            message = "env must not set PADDOCK_DIR: it is where a server finds its files",
            fieldPath = ".env")
    record Server(
            @Required @Size(min = 1, max = 512) @Pattern("^\\S+$")
            String image,

            @Nullable Resources resources,
            @Nullable @Size(max = MOST_VARIABLES) List<Variable> env,
            @Nullable @Size(max = MOST_LABELS) Map<String, @Size(max = 63) @Pattern(LABEL) String> nodeSelector,
            @Nullable @Size(max = MOST_TOLERATIONS) List<Tolerated> tolerations) {}

    @ValidationRule(
            value = "!has(self.requests) || !has(self.limits) || self.requests.all(name, !(name in self.limits)"
                    + " || quantity(string(self.requests[name])).compareTo(quantity(string(self.limits[name]))) <= 0)",
            message = "a request must not be more than its limit",
            fieldPath = ".requests")
    @SchemaCustomizer(
            value = SchemaCustomizer.MergePatchCustomizer.class,
            input = "{\"properties\": {\"requests\": " + QUANTITIES + ", \"limits\": " + QUANTITIES + "}}")
    record Resources(
            @Nullable Map<String, Quantity> requests,
            @Nullable Map<String, Quantity> limits) {}

    @ValidationRule(
            value = "!has(self.value) || !has(self.valueFrom)",
            message = "a variable has a value or a valueFrom, not both")
    record Variable(
            @Required @Size(max = 128) @Pattern(VARIABLE) String name,
            @Nullable @Size(max = 4096) String value,
            @Nullable EnvVarSource valueFrom) {}

    record Tolerated(
            @Nullable @Size(max = 316) String key,
            @Nullable @Pattern(OPERATOR) String operator,
            @Nullable @Size(max = 63) @Pattern(LABEL) String value,
            @Nullable @Pattern(EFFECT) String effect,
            @Nullable Long tolerationSeconds) {}
}
