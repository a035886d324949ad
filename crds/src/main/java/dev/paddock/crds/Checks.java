package dev.paddock.crds;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may stand in a container that a mode describes: what {@link ServerSchema} says to the API server. */
final class Checks {
    static final Pattern NAME = Pattern.compile(ServerSchema.NAME);
    static final Pattern OBJECT = Pattern.compile(ServerSchema.OBJECT);
    static final Pattern PATH = Pattern.compile(ServerSchema.PATH);
    static final Pattern QUANTITY = Pattern.compile(ServerSchema.QUANTITY);

    private static final Pattern IMAGE = Pattern.compile("\\S{1,512}");
    private static final Pattern VARIABLE = Pattern.compile(ServerSchema.VARIABLE);

    private Checks() {}

    static void form(String what, Pattern form, @Nullable String text) {
        if (text == null || !form.matcher(text).matches()) {
            throw new IllegalArgumentException(what + " should match '" + form + "', is '" + text + "'");
        }
    }

    static void most(String what, int size, int most) {
        if (size > most) {
            throw new IllegalArgumentException(what + ": there may be " + most + ", are " + size);
        }
    }

    /** Kubernetes' own types take any field, and a typo must not become a default. */
    static void known(String where, Map<String, Object> unknown) {
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(where + ": unknown field " + String.join(", ", unknown.keySet()));
        }
    }

    static void image(String what, String image) {
        if (!IMAGE.matcher(image).matches()) {
            throw new IllegalArgumentException(what + " must be 1 to 512 characters without a blank");
        }
    }

    /** A server's key is its own. */
    static void isNoServers(@Nullable String secret) {
        if (secret != null && secret.endsWith(ServerTemplate.SECRET_SUFFIX)) {
            throw new IllegalArgumentException(ServerSchema.SERVERS_SECRET);
        }
    }

    static void environment(List<EnvVar> env) {
        most("env", env.size(), ServerSchema.MOST_VARIABLES);
        for (EnvVar one : env) {
            known("env", one.getAdditionalProperties());
            form("env: the name of a variable", VARIABLE, one.getName());
            if (one.getName().equals(ServerTemplate.DIR)) {
                throw new IllegalArgumentException(
                        "env must not set PADDOCK_DIR: it is where a server finds its files");
            }
            if (one.getValue() != null && one.getValueFrom() != null) {
                throw new IllegalArgumentException(
                        "env: a variable has a value or a valueFrom, not both, and " + one.getName() + " has");
            }
            if (one.getValueFrom() != null) {
                SecretKeySelector secret = one.getValueFrom().getSecretKeyRef();
                isNoServers(secret == null ? null : secret.getName());
            }
        }
    }

    static void resources(ResourceRequirements resources) {
        known("resources", resources.getAdditionalProperties());
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
        most("resources", given.size(), ServerSchema.MOST_RESOURCES);
        given.forEach((name, quantity) -> form("resources: " + name, QUANTITY, quantity.toString()));
        return given;
    }
}
