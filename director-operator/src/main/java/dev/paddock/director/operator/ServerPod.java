package dev.paddock.director.operator;

import dev.paddock.crds.ExtraVolume;
import dev.paddock.crds.GameServer;
import dev.paddock.crds.ServerTemplate;
import dev.paddock.director.kubernetes.KubernetesSettings;
import dev.paddock.director.kubernetes.Labels;
import dev.paddock.director.kubernetes.ServerObjects;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The pod of a server: on the network of its node, and allowed nothing else. What a mode may choose is in {@link
 * ServerTemplate}; the rest is the same for all.
 */
record ServerPod(KubernetesSettings settings) {
    /** A JVM that writes more than this beside its heap does something that it should not. */
    private static final String TMP_SIZE = "64Mi";

    private static final int OWNER_AND_GROUP_READ = 0440;

    Pod of(GameServer server) {
        String name = server.getMetadata().getName();
        ServerTemplate template = server.getSpec().server();
        boolean hasMatch = server.getSpec().matchId() != null;
        Map<String, String> labels = new HashMap<>(server.getMetadata().getLabels());
        labels.put(Labels.SERVER, name);
        if (hasMatch) {
            labels.put(Labels.IN_MATCH, "true");
        }
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(server.getMetadata().getNamespace())
                .withLabels(labels)
                .addToAnnotations(Eviction.SAFE_TO_EVICT, Boolean.toString(!hasMatch))
                .withOwnerReferences(ServerObjects.ownedBy(server))
                .endMetadata()
                .withNewSpec()
                .withHostNetwork(true)
                .withDnsPolicy("ClusterFirstWithHostNet")
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(settings.playOnWithin().toSeconds())
                .withNodeSelector(template.nodeSelector())
                .withTolerations(template.tolerations())
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withFsGroup(settings.fileGroup())
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withInitContainers(ServerContainers.sidecars(template))
                .withContainers(ServerContainers.server(template))
                .withAffinity(new ServerAffinity(settings.placement()).of(template.affinity()))
                .withVolumes(volumes(server))
                .endSpec()
                .build();
    }

    private static List<Volume> volumes(GameServer server) {
        Volume files = new VolumeBuilder()
                .withName("paddock")
                .withNewSecret()
                .withSecretName(ServerObjects.secretOf(server))
                .withDefaultMode(OWNER_AND_GROUP_READ)
                .endSecret()
                .build();
        Volume tmp = new VolumeBuilder()
                .withName("tmp")
                .withNewEmptyDir()
                .withSizeLimit(new Quantity(TMP_SIZE))
                .endEmptyDir()
                .build();
        Stream<Volume> extra = Stream.ofNullable(server.getSpec().server().volumes())
                .flatMap(List::stream)
                .map(ServerPod::extra);
        return Stream.concat(Stream.of(files, tmp), extra).toList();
    }

    private static Volume extra(ExtraVolume wanted) {
        VolumeBuilder volume = new VolumeBuilder().withName(wanted.name());
        if (wanted.emptyDir() != null) {
            volume.withNewEmptyDir()
                    .withSizeLimit(new Quantity(wanted.emptyDir().sizeLimit()))
                    .endEmptyDir();
        }
        if (wanted.configMap() != null) {
            volume.withNewConfigMap().withName(wanted.configMap().name()).endConfigMap();
        }
        if (wanted.secret() != null) {
            volume.withNewSecret().withSecretName(wanted.secret().secretName()).endSecret();
        }
        if (wanted.persistentVolumeClaim() != null) {
            volume.withNewPersistentVolumeClaim(
                    wanted.persistentVolumeClaim().claimName(),
                    wanted.persistentVolumeClaim().readOnly());
        }
        return volume.build();
    }
}
