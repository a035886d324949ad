package dev.paddock.crds;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the API server checks of {@code matching} and {@code limits}, in the words of {@link
 * dev.paddock.protocol.mode.MatchingRules} and {@link dev.paddock.protocol.mode.MatchLimits}. Those know nothing of
 * Kubernetes, and the generator takes their durations for dates, so that {@code 5m} would be refused. A test holds both
 * sides to the same names. Never instantiated.
 */
final class SpecSchema {
    private static final String DURATION = "^[0-9]{1,12}(ms|s|m|h)$";

    private SpecSchema() {}

    record Matching(
            @Required Teams teams,
            @Required Window rank,
            @Required Window latency,
            @Required @Pattern(DURATION) String ticketLifetime,
            @Nullable List<String> equal,
            @Nullable List<Role> roles,
            @Nullable @Pattern(DURATION) String acceptWithin,
            @Nullable Boolean backfill,
            @Nullable @Pattern(DURATION) String lostSocketGrace) {}

    record Teams(
            @Required @Min(1) @Max(100) int count,
            @Required @Min(1) @Max(100) int size,
            @Nullable @Min(1) @Max(100) Integer leastSize,
            @Nullable @Pattern(DURATION) String fewerAfter) {}

    record Role(
            @Required @Pattern("^[a-z][a-z0-9-]{0,31}$") String name,
            @Required @Min(0) int min,
            @Required @Min(1) int max) {}

    record Window(
            @Required @Min(0) double start,
            @Required @Min(0) double widenPerSecond,
            @Required @Min(0) double limit) {}

    record Limits(
            @Required @Pattern(DURATION) String readyWithin,
            @Required @Min(1) @Max(10) int startTries,
            @Required @Pattern(DURATION) String joinWithin,
            @Required @Pattern(DURATION) String longest) {}
}
