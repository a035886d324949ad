package dev.paddock.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server of a mode runs. A change is a new template: standbys of the old one get no match any more. What is not here
 * a mode may not choose: servers share their node's network with others, so that all else of the pod is Paddock's. The API
 * server checks the same by {@link SpecSchema.Server}.
 *
 * @param image a container image; without a cluster, a name under {@code paddock.director.process.images}
 * @param resources of the server's container; none: what the namespace's limit range says
 * @param env more environment of the server's container; {@code PADDOCK_DIR} is Paddock's
 * @param nodeSelector labels that its node must have
 * @param tolerations taints that its node may have
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServerTemplate(
        @JsonProperty(required = true) String image,
        @Nullable ResourceRequirements resources,
        @Nullable List<EnvVar> env,
        @Nullable Map<String, String> nodeSelector,
        @Nullable List<Toleration> tolerations) {
    /** Where a server finds its files: the environment variable that a mode may not set. */
    public static final String DIR = "PADDOCK_DIR";

    private static final Pattern IMAGE = Pattern.compile("\\S{1,512}");
    private static final Pattern VARIABLE = Pattern.compile(SpecSchema.VARIABLE);
    private static final Pattern QUANTITY = Pattern.compile(SpecSchema.QUANTITY);
    private static final Pattern LABEL = Pattern.compile(SpecSchema.LABEL);
    private static final Pattern OPERATOR = Pattern.compile(SpecSchema.OPERATOR);
    private static final Pattern EFFECT = Pattern.compile(SpecSchema.EFFECT);

    public ServerTemplate {
        if (!IMAGE.matcher(image).matches()) {
            throw new IllegalArgumentException("server.image must be 1 to 512 characters without a blank");
        }
        env = env == null ? null : List.copyOf(env);
        nodeSelector = nodeSelector == null ? null : Map.copyOf(nodeSelector);
        tolerations = tolerations == null ? null : List.copyOf(tolerations);
        if (env != null) {
            checkEnvironment(env);
        }
        if (resources != null) {
            checkResources(resources);
        }
        if (nodeSelector != null) {
            checkMost("nodeSelector", nodeSelector.size(), SpecSchema.MOST_LABELS);
            nodeSelector.forEach((label, value) -> checkForm("nodeSelector: the value of " + label, LABEL, value));
        }
        if (tolerations != null) {
            checkTolerations(tolerations);
        }
    }

    /** One that says nothing but its image. */
    public static ServerTemplate of(String image) {
        return new ServerTemplate(image, null, null, null, null);
    }

    private static void checkEnvironment(List<EnvVar> env) {
        checkMost("env", env.size(), SpecSchema.MOST_VARIABLES);
        for (EnvVar one : env) {
            checkKnown("env", one.getAdditionalProperties());
            checkForm("env: the name of a variable", VARIABLE, one.getName());
            if (one.getName().equals(DIR)) {
                throw new IllegalArgumentException(
                        "env must not set PADDOCK_DIR: it is where a server finds its files");
            }
            if (one.getValue() != null && one.getValueFrom() != null) {
                throw new IllegalArgumentException(
                        "env: a variable has a value or a valueFrom, not both, and " + one.getName() + " has");
            }
        }
    }

    private static void checkResources(ResourceRequirements resources) {
        checkKnown("resources", resources.getAdditionalProperties());
        if (resources.getClaims() != null && !resources.getClaims().isEmpty()) {
            throw new IllegalArgumentException("resources: unknown field claims");
        }
        Map<String, Quantity> requests = quantities(resources.getRequests());
        Map<String, Quantity> limits = quantities(resources.getLimits());
        requests.forEach((name, request) -> {
            Quantity limit = limits.get(name);
            if (limit != null && request.compareTo(limit) > 0) {
                throw new IllegalArgumentException("resources: a request must not be more than its limit, and " + name
                        + " requests " + request + " of " + limit);
            }
        });
    }

    private static Map<String, Quantity> quantities(@Nullable Map<String, Quantity> given) {
        if (given == null) {
            return Map.of();
        }
        checkMost("resources", given.size(), SpecSchema.MOST_RESOURCES);
        given.forEach((name, quantity) -> checkForm("resources: " + name, QUANTITY, quantity.toString()));
        return given;
    }

    private static void checkTolerations(List<Toleration> tolerations) {
        checkMost("tolerations", tolerations.size(), SpecSchema.MOST_TOLERATIONS);
        for (Toleration one : tolerations) {
            checkKnown("tolerations", one.getAdditionalProperties());
            if (one.getOperator() != null) {
                checkForm("tolerations: operator", OPERATOR, one.getOperator());
            }
            if (one.getEffect() != null) {
                checkForm("tolerations: effect", EFFECT, one.getEffect());
            }
        }
    }

    private static void checkForm(String what, Pattern form, @Nullable String text) {
        if (text == null || !form.matcher(text).matches()) {
            throw new IllegalArgumentException(what + " should match '" + form + "', is '" + text + "'");
        }
    }

    private static void checkMost(String what, int size, int most) {
        if (size > most) {
            throw new IllegalArgumentException(what + ": there may be " + most + ", are " + size);
        }
    }

    /** Kubernetes' own types take any field, and a typo must not become a default. */
    private static void checkKnown(String where, Map<String, Object> unknown) {
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(where + ": unknown field " + String.join(", ", unknown.keySet()));
        }
    }
}
