package dev.paddock.director.operator;

import dev.paddock.crds.GameServer;
import dev.paddock.crds.ServerTemplate;
import dev.paddock.director.kubernetes.KubernetesSettings;
import dev.paddock.director.kubernetes.Labels;
import dev.paddock.director.kubernetes.PodSeen;
import dev.paddock.director.kubernetes.ServerObjects;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pod of a server: on the network of its node, and allowed nothing else. What a mode may choose is in {@link
 * ServerTemplate}; the rest is the same for all.
 */
record ServerPod(KubernetesSettings settings) {
    static final String DIR = "/etc/paddock";

    /** A JVM that writes more than this beside its heap does something that it should not. */
    private static final String TMP_SIZE = "64Mi";

    private static final int OWNER_AND_GROUP_READ = 0440;

    Pod of(GameServer server) {
        String name = server.getMetadata().getName();
        ServerTemplate template = server.getSpec().server();
        Map<String, String> labels = new HashMap<>(server.getMetadata().getLabels());
        labels.put(Labels.SERVER, name);
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(server.getMetadata().getNamespace())
                .withLabels(labels)
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
                .withContainers(container(template))
                .withVolumes(volumes(name))
                .endSpec()
                .build();
    }

    private static Container container(ServerTemplate template) {
        List<EnvVar> env = new ArrayList<>();
        if (template.env() != null) {
            env.addAll(template.env());
        }
        env.add(new EnvVarBuilder().withName(ServerTemplate.DIR).withValue(DIR).build());
        return new ContainerBuilder()
                .withName(PodSeen.CONTAINER)
                .withImage(template.image())
                .withResources(template.resources())
                .withEnv(env)
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .addToDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .addNewVolumeMount()
                .withName("paddock")
                .withMountPath(DIR)
                .withReadOnly(true)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("tmp")
                .withMountPath("/tmp")
                .endVolumeMount()
                .build();
    }

    private static List<Volume> volumes(String secret) {
        return List.of(
                new VolumeBuilder()
                        .withName("paddock")
                        .withNewSecret()
                        .withSecretName(secret)
                        .withDefaultMode(OWNER_AND_GROUP_READ)
                        .endSecret()
                        .build(),
                new VolumeBuilder()
                        .withName("tmp")
                        .withNewEmptyDir()
                        .withSizeLimit(new Quantity(TMP_SIZE))
                        .endEmptyDir()
                        .build());
    }
}
