package dev.paddock.e2e;

import dev.paddock.director.backend.Backend;
import dev.paddock.director.key.KeyPool;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Servers as pods of a real cluster; the two directors share its namespace, and one of them leads. */
@Tag("cluster")
class PodBackendE2E implements BackendContract {
    private static final String NAMESPACE = "contract";

    @TempDir
    static Path folder;

    private static TestCluster cluster;
    private static ApplicationContext director;
    private static ApplicationContext other;

    @BeforeAll
    static void start() {
        cluster = TestCluster.start(folder, 1);
        cluster.load(GameServerImage.build(folder));
        cluster.installCrds();
        cluster.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        Map<String, Object> settings = new HashMap<>(ProcessBackendE2E.directorSettings());
        settings.put("paddock.director.backend", "kubernetes");
        settings.put(
                "paddock.director.kubernetes.kubeconfig", cluster.kubeconfig().toString());
        settings.put("paddock.director.kubernetes.namespace", NAMESPACE);
        settings.put("paddock.director.kubernetes.stop-within", "2s");
        director = ApplicationContext.run(settings);
        other = ApplicationContext.run(settings);
    }

    @AfterAll
    static void close() {
        if (other != null) {
            other.close();
        }
        if (director != null) {
            director.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    public Ground ground() {
        return new Ground(
                director.getBean(Backend.class),
                other.getBean(Backend.class),
                director.getBean(KeyPool.class),
                PodBackendE2E::runs,
                serverId -> pod(serverId).withGracePeriod(0).delete());
    }

    private static boolean runs(String serverId) {
        Pod pod = pod(serverId).get();
        return pod != null && "Running".equals(pod.getStatus().getPhase());
    }

    private static PodResource pod(String serverId) {
        return cluster.client().pods().inNamespace(NAMESPACE).withName(serverId);
    }
}
