package dev.paddock.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * What a server of a mode runs. A change is a new template: standbys of the old one get no match any more.
 *
 * @param image a container image; without a cluster, a name under {@code paddock.director.process.images}
 */
public record ServerTemplate(
        @Required @Size(min = 1, max = 512) @JsonProperty(required = true)
        String image) {
    public ServerTemplate {
        if (image.isBlank()) {
            throw new IllegalArgumentException("server.image must not be empty");
        }
    }
}
