package dev.paddock.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A volume that a mode adds to its servers' pods: one of four kinds, in the words of a pod's. None of them reaches the node,
 * and none reads the Secret of a server.
 *
 * @param name for {@link Mount}s; {@code paddock} and {@code tmp} are taken
 * @param emptyDir a folder that goes with the pod
 * @param configMap the files of a ConfigMap
 * @param secret the files of a Secret
 * @param persistentVolumeClaim what a claim has
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "[has(self.emptyDir), has(self.configMap), has(self.secret), has(self.persistentVolumeClaim)]"
                + ".filter(isThere, isThere).size() == 1",
        message = ExtraVolume.ONE_KIND)
@ValidationRule(value = "!(self.name in ['paddock', 'tmp'])", message = ExtraVolume.TAKEN)
public record ExtraVolume(
        @Required @Size(max = 63) @Pattern(ServerSchema.NAME) @JsonProperty(required = true)
        String name,

        @Nullable EmptyDir emptyDir,
        @Nullable ConfigMap configMap,
        @Nullable Secret secret,
        @Nullable Claim persistentVolumeClaim) {
    static final String ONE_KIND = "a volume is one of emptyDir, configMap, secret and persistentVolumeClaim";
    static final String TAKEN = "volumes: paddock and tmp are Paddock's";

    private static final Set<String> OURS = Set.of("paddock", "tmp");

    public ExtraVolume {
        Checks.form("volumes: a name", Checks.NAME, name);
        if (OURS.contains(name)) {
            throw new IllegalArgumentException(TAKEN);
        }
        List<Record> kinds = Stream.<@Nullable Record>of(emptyDir, configMap, secret, persistentVolumeClaim)
                .filter(Objects::nonNull)
                .map(Record.class::cast)
                .toList();
        if (kinds.size() != 1) {
            throw new IllegalArgumentException(ONE_KIND);
        }
    }

    /** @param sizeLimit the pod is ended when it has written more */
    public record EmptyDir(
            @Required @Pattern(ServerSchema.QUANTITY) @Size(max = 32) @JsonProperty(required = true)
            String sizeLimit) {
        public EmptyDir {
            Checks.form("emptyDir: sizeLimit", Checks.QUANTITY, sizeLimit);
        }
    }

    /** In the mode's namespace. */
    public record ConfigMap(
            @Required @Size(max = 253) @Pattern(ServerSchema.OBJECT) @JsonProperty(required = true)
            String name) {
        public ConfigMap {
            Checks.form("configMap: name", Checks.OBJECT, name);
        }
    }

    /** In the mode's namespace. */
    @ValidationRule(value = "!self.secretName.endsWith('.paddock')", message = ServerSchema.SERVERS_SECRET)
    public record Secret(
            @Required @Size(max = 253) @Pattern(ServerSchema.OBJECT) @JsonProperty(required = true)
            String secretName) {
        public Secret {
            Checks.form("secret: secretName", Checks.OBJECT, secretName);
            Checks.isNoServers(secretName);
        }
    }

    /** In the mode's namespace. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Claim(
            @Required @Size(max = 253) @Pattern(ServerSchema.OBJECT) @JsonProperty(required = true)
            String claimName,

            @Nullable Boolean readOnly) {
        public Claim {
            Checks.form("persistentVolumeClaim: claimName", Checks.OBJECT, claimName);
        }
    }
}
