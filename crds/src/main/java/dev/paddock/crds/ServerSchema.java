package dev.paddock.crds;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server checks of {@code server}, rules (CEL) included, in the words of {@link ServerTemplate} and {@link
 * Sidecar}: of Kubernetes' own types the generator knows the fields, and not what may stand in them. What a mode may not
 * choose has no field. As {@link SpecSchema} otherwise, but for an image without a tag: it is refused in a cluster alone, as
 * processes have images without.
 */
final class ServerSchema {
    static final String QUANTITY = "^[0-9]{1,15}([.][0-9]{1,9})?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$";
    static final String VARIABLE = "^[A-Za-z_][A-Za-z0-9_.-]*$";

    /** A label's value, the empty one included. */
    static final String LABEL = "^([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?$";

    static final String OPERATOR = "^(Exists|Equal)$";
    static final String EFFECT = "^(NoSchedule|PreferNoSchedule|NoExecute)$";

    /** Of a container or volume. */
    static final String NAME = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$";

    /** Of a ConfigMap, a Secret or a claim. */
    static final String OBJECT = "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$";

    /** Absolute, not the root, and without a way up. */
    static final String PATH = "^(/[.]?[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$";

    /** A rule compares them pair by pair, and the API server counts what that may cost. */
    static final int MOST_RESOURCES = 4;

    static final int MOST_VARIABLES = 64;
    static final int MOST_LABELS = 16;
    static final int MOST_TOLERATIONS = 32;
    static final int MOST_VOLUMES = 16;
    static final int MOST_SIDECARS = 4;
    static final int MOST_WORDS = 32;

    static final String SERVERS_SECRET =
            "a Secret whose name ends in .paddock is a server's: nobody else gets its key and credentials";
    static final String CONTAINER_TAKEN = "sidecars: server is the name of the server's own container";
    static final String PATH_TAKEN = "volumeMounts: /etc/paddock and /tmp are Paddock's";
    static final String NAMES_TWICE = "volumes and sidecars: each name is given once";
    static final String NO_SUCH_VOLUME = "volumeMounts: each one names a volume of the template";

    private static final String TAGGED = "self.image.matches('(:[A-Za-z0-9_][A-Za-z0-9_.-]*|@[a-z0-9]+:[0-9a-f]+)$')"
            + " && !self.image.endsWith(':latest')";
    private static final String TAG_WANTED =
            "an image has a tag other than latest, or a digest: what a server runs changes with its template alone";
    private static final String NO_DIR = "!has(self.env) || !self.env.exists(one, one.name == 'PADDOCK_DIR')";
    private static final String DIR_TAKEN = "env must not set PADDOCK_DIR: it is where a server finds its files";

    /** Numbers and texts, as people write them. The generator does not look at annotations of a quantity in a map. */
    private static final String QUANTITIES = "{\"type\": \"object\", \"maxProperties\": " + MOST_RESOURCES
            + ", \"additionalProperties\": {\"anyOf\": [{\"type\": \"integer\"}, {\"type\": \"string\"}],"
            + " \"x-kubernetes-int-or-string\": true, \"minimum\": 0, \"maxLength\": 32, \"pattern\": \"" + QUANTITY
            + "\"}}";

    private ServerSchema() {}

    @ValidationRule(value = TAGGED, message = TAG_WANTED, fieldPath = ".image")
    @ValidationRule(value = NO_DIR, message = DIR_TAKEN, fieldPath = ".env")
    @ValidationRule(
            value = "!has(self.volumeMounts)"
                    + " || !self.volumeMounts.exists(one, one.mountPath.matches('^/(etc/paddock|tmp)(/|$)'))",
            message = PATH_TAKEN,
            fieldPath = ".volumeMounts")
    @ValidationRule(
            value = "!has(self.volumes)"
                    + " || self.volumes.all(one, self.volumes.filter(other, other.name == one.name).size() == 1)",
            message = NAMES_TWICE,
            fieldPath = ".volumes")
    @ValidationRule(
            value = "!has(self.sidecars)"
                    + " || self.sidecars.all(one, self.sidecars.filter(other, other.name == one.name).size() == 1)",
            message = NAMES_TWICE,
            fieldPath = ".sidecars")
    @ValidationRule(
            value = "!has(self.volumeMounts) || self.volumeMounts.all(mount,"
                    + " has(self.volumes) && self.volumes.exists(one, one.name == mount.name))",
            message = NO_SUCH_VOLUME,
            fieldPath = ".volumeMounts")
    @ValidationRule(
            value = "!has(self.sidecars) || self.sidecars.all(sidecar, !has(sidecar.volumeMounts)"
                    + " || sidecar.volumeMounts.all(mount,"
                    + " has(self.volumes) && self.volumes.exists(one, one.name == mount.name)))",
            message = NO_SUCH_VOLUME,
            fieldPath = ".sidecars")
    record Server(
            @Required @Size(min = 1, max = 512) @Pattern("^\\S+$")
            String image,

            @Nullable Resources resources,
            @Nullable @Size(max = MOST_VARIABLES) List<Variable> env,
            @Nullable @Size(max = MOST_LABELS) Map<String, @Size(max = 63) @Pattern(LABEL) String> nodeSelector,
            @Nullable @Size(max = MOST_TOLERATIONS) List<Tolerated> tolerations,
            @Nullable Affinity affinity,
            @Nullable @Size(max = MOST_VOLUMES) List<ExtraVolume> volumes,
            @Nullable @Size(max = MOST_VOLUMES) List<Mount> volumeMounts,
            @Nullable @Size(max = MOST_SIDECARS) List<Beside> sidecars) {}

    /** A {@link Sidecar}. */
    @ValidationRule(value = TAGGED, message = TAG_WANTED, fieldPath = ".image")
    @ValidationRule(value = NO_DIR, message = DIR_TAKEN, fieldPath = ".env")
    @ValidationRule(value = "self.name != 'server'", message = CONTAINER_TAKEN, fieldPath = ".name")
    record Beside(
            @Required @Size(max = 63) @Pattern(NAME) String name,

            @Required @Size(min = 1, max = 512) @Pattern("^\\S+$")
            String image,

            @Nullable @Size(max = MOST_WORDS) List<@Size(max = 4096) String> command,
            @Nullable @Size(max = MOST_WORDS) List<@Size(max = 4096) String> args,
            @Nullable @Size(max = MOST_VARIABLES) List<Variable> env,
            @Nullable Resources resources,
            @Nullable @Size(max = MOST_VOLUMES) List<Mount> volumeMounts) {}

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
    @ValidationRule(
            value =
                    "!has(self.valueFrom) || !has(self.valueFrom.secretKeyRef) || !has(self.valueFrom.secretKeyRef.name)"
                            + " || !self.valueFrom.secretKeyRef.name.endsWith('.paddock')",
            message = SERVERS_SECRET)
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
