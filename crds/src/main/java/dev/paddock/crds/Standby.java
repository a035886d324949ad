package dev.paddock.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;

/**
 * The standby policy of a mode.
 *
 * @param min servers that wait without a match, 0 to 1000; 0: each match starts a server, and its players wait for that
 */
public record Standby(
        @Required @SpecReplicas @Min(0) @Max(1000) @JsonProperty(required = true)
        int min) {
    public Standby {
        if (min < 0 || min > 1000) {
            throw new IllegalArgumentException("standby.min must be 0 to 1000, is " + min);
        }
    }
}
