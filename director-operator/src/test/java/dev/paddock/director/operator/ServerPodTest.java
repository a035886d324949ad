package dev.paddock.director.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.crds.ExtraVolume;
import dev.paddock.crds.GameServer;
import dev.paddock.crds.GameServerSpec;
import dev.paddock.crds.Mount;
import dev.paddock.crds.ServerTemplate;
import dev.paddock.crds.Sidecar;
import dev.paddock.director.backend.Packing;
import dev.paddock.director.kubernetes.KubernetesSettings;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerPodTest {
    private static final ExtraVolume REPLAYS =
            new ExtraVolume("replays", new ExtraVolume.EmptyDir("1Gi"), null, null, null);
    private static final Sidecar UPLOADER = new Sidecar(
            "uploader",
            "localhost/uploader:1",
            List.of("/uploader"),
            List.of("--watch", "/in"),
            List.of(new EnvVar("LEVEL", "info", null)),
            null,
            List.of(new Mount("replays", "/in", true)));

    @Test
    void aPodHasTheServersFilesUnderANameThatNoModeMayGive() {
        Pod pod = pod(ServerTemplate.of("localhost/duel:1"));

        assertThat(pod.getSpec().getVolumes()).extracting(Volume::getName).containsExactly("paddock", "tmp");
        assertThat(pod.getSpec().getVolumes().getFirst().getSecret().getSecretName())
                .isEqualTo("s1.paddock");
        assertThat(pod.getSpec().getInitContainers()).isEmpty();
    }

    @Test
    void whatAModeAddsStandsBesideWhatIsPaddocks() {
        Pod pod = pod(withSidecar());

        assertThat(pod.getSpec().getVolumes()).extracting(Volume::getName).containsExactly("paddock", "tmp", "replays");
        assertThat(pod.getSpec().getContainers().getFirst().getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .containsExactly("/etc/paddock", "/tmp", "/var/replays");
        assertThat(pod.getSpec().getAffinity().getNodeAffinity()).isNotNull();
    }

    @Test
    void aSidecarEndsWithItsServerAndIsAllowedNoMoreThanThat() {
        Pod pod = pod(withSidecar());

        Container server = pod.getSpec().getContainers().getFirst();
        Container sidecar = pod.getSpec().getInitContainers().getFirst();
        assertThat(pod.getSpec().getContainers()).containsExactly(server);
        assertThat(sidecar.getRestartPolicy()).isEqualTo("Always");
        assertThat(sidecar.getSecurityContext()).isEqualTo(server.getSecurityContext());
        assertThat(sidecar.getVolumeMounts())
                .extracting(VolumeMount::getName)
                .as("and not the server's key")
                .containsExactly("replays");
        assertThat(sidecar.getArgs()).containsExactly("--watch", "/in");
    }

    @Test
    void aPodThatIsMadeForAMatchIsKeptFromBeingEvictedFromTheBeginning() {
        GameServer server = server(ServerTemplate.of("localhost/duel:1"), "m1");
        Pod cold = new ServerPod(settings()).of(server);
        Pod standby = pod(ServerTemplate.of("localhost/duel:1"));

        assertThat(Eviction.isInMatch(cold)).isTrue();
        assertThat(cold.getMetadata().getAnnotations()).containsEntry(Eviction.SAFE_TO_EVICT, "false");
        assertThat(Eviction.isInMatch(standby)).isFalse();
        assertThat(standby.getMetadata().getAnnotations()).containsEntry(Eviction.SAFE_TO_EVICT, "true");
    }

    private static ServerTemplate withSidecar() {
        return new ServerTemplate(
                "localhost/duel:1",
                null,
                null,
                null,
                null,
                new AffinityBuilder().withNewNodeAffinity().endNodeAffinity().build(),
                List.of(REPLAYS),
                List.of(new Mount("replays", "/var/replays", null)),
                List.of(UPLOADER));
    }

    private static Pod pod(ServerTemplate template) {
        return new ServerPod(settings()).of(server(template, null));
    }

    private static GameServer server(ServerTemplate template, @Nullable String matchId) {
        GameServer server = new GameServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withName("s1")
                .withNamespace("games")
                .withUid("u1")
                .build());
        server.setSpec(new GameServerSpec("duel", matchId, template));
        return server;
    }

    private static KubernetesSettings settings() {
        Duration any = Duration.ofSeconds(5);
        return new KubernetesSettings(
                null, null, null, null, List.of(), 10, 2, any, any, any, any, 65532, Packing.PACK);
    }
}
