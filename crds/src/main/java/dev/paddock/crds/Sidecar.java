package dev.paddock.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container beside the server's, started before it and ended after it, and allowed no more than that one: no privileges, a
 * read-only root file system, and no look at the server's key. The API server checks the same by {@link ServerSchema.Beside}.
 *
 * @param name of the container; {@code server} is taken
 * @param image with a tag that stays, or a digest
 * @param command in place of the image's
 * @param args of the command
 * @param env as the server's
 * @param resources as the server's
 * @param volumeMounts of the template's volumes; there is no {@code /tmp} unless one is mounted there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Sidecar(
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) String image,
        @Nullable List<String> command,
        @Nullable List<String> args,
        @Nullable List<EnvVar> env,
        @Nullable ResourceRequirements resources,
        @Nullable List<Mount> volumeMounts) {
    public Sidecar {
        Checks.form("sidecars: a name", Checks.NAME, name);
        if (name.equals(ServerTemplate.CONTAINER)) {
            throw new IllegalArgumentException(ServerSchema.CONTAINER_TAKEN);
        }
        Checks.image("sidecars: image", image);
        command = words("command", command);
        args = words("args", args);
        env = env == null ? null : List.copyOf(env);
        volumeMounts = volumeMounts == null ? null : List.copyOf(volumeMounts);
        if (env != null) {
            Checks.environment(env);
        }
        if (resources != null) {
            Checks.resources(resources);
        }
        if (volumeMounts != null) {
            Checks.most("volumeMounts", volumeMounts.size(), ServerSchema.MOST_VOLUMES);
        }
    }

    private static @Nullable List<String> words(String what, @Nullable List<String> given) {
        if (given == null) {
            return null;
        }
        Checks.most(what, given.size(), ServerSchema.MOST_WORDS);
        return List.copyOf(given);
    }
}
