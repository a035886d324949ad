package dev.paddock.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import org.jspecify.annotations.Nullable;

/**
 * How many servers of a mode wait without a match.
 *
 * @param min so many at least, 0 to 1000; 0: a mode that nobody plays costs nothing
 * @param max so many at most; as many as the arrival of matches asks for, so that a match almost never waits for a server
 *     to start. None: always {@code min}
 */
@ValidationRule(
        value = "!has(self.max) || self.min <= self.max",
        message = "standby.max must not be less than standby.min",
        fieldPath = ".max")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Standby(
        @Required @SpecReplicas @Min(0) @Max(1000) @JsonProperty(required = true)
        int min,

        @Min(0) @Max(1000) @Nullable Integer max) {
    public Standby {
        if (min < 0 || min > 1000) {
            throw new IllegalArgumentException("standby.min must be 0 to 1000, is " + min);
        }
        if (max != null && (max < min || max > 1000)) {
            throw new IllegalArgumentException("standby.max must be standby.min to 1000, is " + max);
        }
    }

    /** Always the same number. */
    public static Standby of(int servers) {
        return new Standby(servers, null);
    }

    /** The number between the two that is nearest. */
    public int bound(int servers) {
        return Math.clamp(servers, min, max == null ? min : max);
    }
}
