package dev.paddock.director.operator;

import dev.paddock.crds.Mount;
import dev.paddock.crds.ServerTemplate;
import dev.paddock.crds.Sidecar;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The containers of a server's pod: all are allowed as little as the server's. */
final class ServerContainers {
    static final String DIR = "/etc/paddock";

    private ServerContainers() {}

    static Container server(ServerTemplate template) {
        return new ContainerBuilder()
                .withName(ServerTemplate.CONTAINER)
                .withImage(template.image())
                .withResources(template.resources())
                .withEnv(template.env())
                .addToEnv(new EnvVarBuilder()
                        .withName(ServerTemplate.DIR)
                        .withValue(DIR)
                        .build())
                .withSecurityContext(nothing())
                .addNewVolumeMount()
                .withName("paddock")
                .withMountPath(DIR)
                .withReadOnly(true)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("tmp")
                .withMountPath("/tmp")
                .endVolumeMount()
                .addAllToVolumeMounts(mounts(template.volumeMounts()))
                .build();
    }

    /** As init containers that go on, so that they start before the server, and Kubernetes ends them after it. */
    static List<Container> sidecars(ServerTemplate template) {
        return Stream.ofNullable(template.sidecars())
                .flatMap(List::stream)
                .map(ServerContainers::sidecar)
                .toList();
    }

    private static Container sidecar(Sidecar sidecar) {
        return new ContainerBuilder()
                .withName(sidecar.name())
                .withImage(sidecar.image())
                .withCommand(sidecar.command())
                .withArgs(sidecar.args())
                .withEnv(sidecar.env())
                .withResources(sidecar.resources())
                .withSecurityContext(nothing())
                .withVolumeMounts(mounts(sidecar.volumeMounts()))
                .withRestartPolicy("Always")
                .build();
    }

    private static SecurityContext nothing() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .addToDrop("ALL")
                .endCapabilities()
                .build();
    }

    private static List<VolumeMount> mounts(@Nullable List<Mount> mounts) {
        return Stream.ofNullable(mounts)
                .flatMap(List::stream)
                .map(mount -> new VolumeMountBuilder()
                        .withName(mount.name())
                        .withMountPath(mount.mountPath())
                        .withReadOnly(mount.readOnly())
                        .build())
                .toList();
    }
}
