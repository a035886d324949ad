package dev.paddock.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a server of a mode runs. A change is a new template: standbys of the old one get no match any more. What is not here
 * a mode may not choose: servers share their node's network with others, so that all else of the pod is Paddock's. The API
 * server checks the same by {@link ServerSchema.Server}.
 *
 * @param image a container image; without a cluster, a name under {@code paddock.director.process.images}
 * @param resources of the server's container; none: what the namespace's limit range says
 * @param env more environment of the server's container; {@code PADDOCK_DIR} is Paddock's
 * @param nodeSelector labels that its node must have
 * @param tolerations taints that its node may have
 * @param affinity nodes and pods that it wants to be with, or away from
 * @param volumes of the pod, beside Paddock's own
 * @param volumeMounts of {@code volumes}, in the server's container
 * @param sidecars containers beside the server's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServerTemplate(
        @JsonProperty(required = true) String image,
        @Nullable ResourceRequirements resources,
        @Nullable List<EnvVar> env,
        @Nullable Map<String, String> nodeSelector,
        @Nullable List<Toleration> tolerations,
        @Nullable Affinity affinity,
        @Nullable List<ExtraVolume> volumes,
        @Nullable List<Mount> volumeMounts,
        @Nullable List<Sidecar> sidecars) {
    /** Where a server finds its files: the environment variable that a mode may not set. */
    public static final String DIR = "PADDOCK_DIR";

    /** The server's container in its pod. */
    public static final String CONTAINER = "server";

    /** The end of the name of a server's Secret, by which the API server knows it; no server has a dot in its own name. */
    public static final String SECRET_SUFFIX = ".paddock";

    private static final Pattern LABEL = Pattern.compile(ServerSchema.LABEL);
    private static final Pattern OPERATOR = Pattern.compile(ServerSchema.OPERATOR);
    private static final Pattern EFFECT = Pattern.compile(ServerSchema.EFFECT);
    private static final Pattern OURS = Pattern.compile("/(etc/paddock|tmp)(/.*)?");

    public ServerTemplate {
        Checks.image("server.image", image);
        env = env == null ? null : List.copyOf(env);
        nodeSelector = nodeSelector == null ? null : Map.copyOf(nodeSelector);
        tolerations = tolerations == null ? null : List.copyOf(tolerations);
        volumes = volumes == null ? null : List.copyOf(volumes);
        volumeMounts = volumeMounts == null ? null : List.copyOf(volumeMounts);
        sidecars = sidecars == null ? null : List.copyOf(sidecars);
        if (env != null) {
            Checks.environment(env);
        }
        if (resources != null) {
            Checks.resources(resources);
        }
        if (nodeSelector != null) {
            Checks.most("nodeSelector", nodeSelector.size(), ServerSchema.MOST_LABELS);
            nodeSelector.forEach((label, value) -> Checks.form("nodeSelector: the value of " + label, LABEL, value));
        }
        if (tolerations != null) {
            checkTolerations(tolerations);
        }
        if (affinity != null) {
            Checks.known("affinity", affinity.getAdditionalProperties());
        }
        checkVolumes(orNone(volumes), orNone(volumeMounts), orNone(sidecars));
    }

    /** One that says nothing but its image. */
    public static ServerTemplate of(String image) {
        return new ServerTemplate(image, null, null, null, null, null, null, null, null);
    }

    private static void checkTolerations(List<Toleration> tolerations) {
        Checks.most("tolerations", tolerations.size(), ServerSchema.MOST_TOLERATIONS);
        for (Toleration one : tolerations) {
            Checks.known("tolerations", one.getAdditionalProperties());
            if (one.getOperator() != null) {
                Checks.form("tolerations: operator", OPERATOR, one.getOperator());
            }
            if (one.getEffect() != null) {
                Checks.form("tolerations: effect", EFFECT, one.getEffect());
            }
        }
    }

    private static void checkVolumes(List<ExtraVolume> volumes, List<Mount> mounts, List<Sidecar> sidecars) {
        Checks.most("volumes", volumes.size(), ServerSchema.MOST_VOLUMES);
        Checks.most("volumeMounts", mounts.size(), ServerSchema.MOST_VOLUMES);
        Checks.most("sidecars", sidecars.size(), ServerSchema.MOST_SIDECARS);
        Set<String> names = names(volumes, ExtraVolume::name);
        names(sidecars, Sidecar::name);
        if (mounts.stream().anyMatch(mount -> OURS.matcher(mount.mountPath()).matches())) {
            throw new IllegalArgumentException(ServerSchema.PATH_TAKEN);
        }
        Set<String> wanted = mounts.stream().map(Mount::name).collect(Collectors.toCollection(HashSet::new));
        sidecars.forEach(sidecar -> orNone(sidecar.volumeMounts()).forEach(mount -> wanted.add(mount.name())));
        if (!names.containsAll(wanted)) {
            throw new IllegalArgumentException(ServerSchema.NO_SUCH_VOLUME);
        }
    }

    private static <T> Set<String> names(List<T> all, Function<T, String> name) {
        Set<String> names = all.stream().map(name).collect(Collectors.toSet());
        if (names.size() < all.size()) {
            throw new IllegalArgumentException(ServerSchema.NAMES_TWICE);
        }
        return names;
    }

    private static <T> List<T> orNone(@Nullable List<T> given) {
        return given == null ? List.of() : given;
    }
}
