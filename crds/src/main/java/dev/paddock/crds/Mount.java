package dev.paddock.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * Where a container sees an {@link ExtraVolume}.
 *
 * @param name of the volume
 * @param mountPath absolute, and never the root
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Mount(
        @Required @Size(max = 63) @Pattern(ServerSchema.NAME) @JsonProperty(required = true)
        String name,

        @Required @Size(max = 256) @Pattern(ServerSchema.PATH) @JsonProperty(required = true)
        String mountPath,

        @Nullable Boolean readOnly) {
    public Mount {
        Checks.form("volumeMounts: a name", Checks.NAME, name);
        Checks.form("volumeMounts: mountPath", Checks.PATH, mountPath);
    }
}
