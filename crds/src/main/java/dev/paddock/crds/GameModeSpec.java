package dev.paddock.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.mode.MatchingRules;
import io.fabric8.generator.annotation.Required;

/**
 * What a cluster admin writes about a mode. Managers get {@code matching} and {@code limits}; the rest is the
 * director's.
 *
 * @param matching who may meet whom
 * @param limits the deadlines of a match
 * @param standby how many servers wait without a match
 * @param server what a server of this mode runs
 */
public record GameModeSpec(
        @Required @JsonProperty(required = true) MatchingRules matching,
        @Required @JsonProperty(required = true) MatchLimits limits,
        @Required @JsonProperty(required = true) Standby standby,
        @Required @JsonProperty(required = true) ServerTemplate server) {}
