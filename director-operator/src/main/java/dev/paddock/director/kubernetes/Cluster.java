package dev.paddock.director.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.paddock.director.fault.FaultPoints;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The connection to the API server. */
@Factory
@Requires(property = "paddock.director.backend", value = "kubernetes")
final class Cluster {
    /** An answer that takes longer is asked for again: players wait. */
    private static final int ANSWER_WITHIN_MS = 5_000;

    private static final int RETRIES = 2;

    @Singleton
    @Bean(preDestroy = "close")
    KubernetesClient client(KubernetesSettings settings, MeterRegistry registry, FaultPoints faults) {
        Config config = new ConfigBuilder(read(settings))
                .withRequestTimeout(ANSWER_WITHIN_MS)
                .withRequestRetryBackoffLimit(RETRIES)
                .withRequestRetryBackoffInterval(200)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(withoutManagedFields())
                .withHttpClientBuilderConsumer(
                        http -> http.addOrReplaceInterceptor("fault-points", new WriteFaults(faults))
                                .addOrReplaceInterceptor("meter", new RequestMeter(registry)))
                .build();
    }

    /**
     * Who has written which field takes most of the room that a resource takes, and nobody asks for it here; a director keeps
     * all servers and their pods in memory.
     */
    static KubernetesSerialization withoutManagedFields() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.addMixIn(ObjectMeta.class, WithoutManagedFields.class);
        return new KubernetesSerialization(mapper, true);
    }

    @Singleton
    Kube kube(KubernetesClient client, KubernetesSettings settings) {
        String name = settings.namespace() == null || settings.namespace().isBlank()
                ? client.getNamespace()
                : settings.namespace();
        String required = Objects.requireNonNull(
                name, "Set paddock.director.kubernetes.namespace (PADDOCK_DIRECTOR_KUBERNETES_NAMESPACE).");
        return new Kube(client, required);
    }

    @JsonIgnoreProperties("managedFields")
    private interface WithoutManagedFields {}

    private static Config read(KubernetesSettings settings) {
        if (settings.kubeconfig() == null || settings.kubeconfig().isBlank()) {
            return Config.autoConfigure(null);
        }
        Path file = Path.of(settings.kubeconfig());
        try {
            return Config.fromKubeconfig(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Set paddock.director.kubernetes.kubeconfig to a file that can be read, not " + file, e);
        }
    }
}
