package dev.paddock.crds;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;

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
            @Required @Pattern(DURATION) String ticketLifetime) {}

    record Teams(
            @Required @Min(1) @Max(100) int count,
            @Required @Min(1) @Max(100) int size) {}

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
