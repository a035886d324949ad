package dev.paddock.director.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodSeenTest {
    private static final ContainerState RUNS =
            new ContainerStateBuilder().withNewRunning("2026-01-02T03:04:05Z").build();

    @Test
    void aPodThatNobodyHasLookedAtYetIsComing() {
        assertThat(PodSeen.of(new PodBuilder().withNewMetadata().endMetadata().build()))
                .isInstanceOf(PodSeen.Coming.class);
        assertThat(PodSeen.of(pod("Pending").build())).isInstanceOf(PodSeen.Coming.class);
    }

    @Test
    void noPodIsAServerThatIsGone() {
        assertThat(PodSeen.of(null)).isEqualTo(new PodSeen.Gone(false, "PodGone", "its pod was deleted"));
    }

    @Test
    void whatKeepsAPodFromANodeIsSaidInTheSchedulersWords() {
        Pod pod = pod("Pending")
                .editStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage("0/1 nodes are available: 1 Insufficient cpu.")
                .endCondition()
                .endStatus()
                .build();

        assertThat(PodSeen.of(pod))
                .isEqualTo(new PodSeen.Coming("Unschedulable", "0/1 nodes are available: 1 Insufficient cpu."));
    }

    @Test
    void itRunsWhenTheServersContainerDoesWhateverItsPhaseSays() {
        assertThat(PodSeen.of(with("Pending", RUNS))).isEqualTo(new PodSeen.Running());
        assertThat(PodSeen.of(with("Running", RUNS))).isEqualTo(new PodSeen.Running());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ErrImagePull", "ImagePullBackOff", "InvalidImageName", "CreateContainerConfigError"})
    void whatDoesNotPassByItselfIsHopeless(String reason) {
        ContainerState waits = new ContainerStateBuilder()
                .withNewWaiting("no such image", reason)
                .build();

        assertThat(PodSeen.of(with("Pending", waits))).isEqualTo(new PodSeen.Hopeless(reason, "no such image"));
    }

    @Test
    void aContainerThatIsBeingMadeIsComing() {
        ContainerState waits = new ContainerStateBuilder()
                .withNewWaiting(null, "ContainerCreating")
                .build();

        assertThat(PodSeen.of(with("Pending", waits))).isInstanceOf(PodSeen.Coming.class);
    }

    @Test
    void theExitCodeSaysWhetherItEndedWell() {
        assertThat(PodSeen.of(with("Succeeded", ended(0, "Completed"))))
                .isEqualTo(new PodSeen.Gone(true, "Completed", "exit code 0"));
        assertThat(PodSeen.of(with("Failed", ended(137, "OOMKilled"))))
                .isEqualTo(new PodSeen.Gone(false, "OOMKilled", "exit code 137"));
        // Another container of the pod still runs: the server is gone all the same.
        assertThat(PodSeen.of(with("Running", ended(0, "Completed")))).isInstanceOf(PodSeen.Gone.class);
    }

    @Test
    void aSidecarWhoseImageCannotBeHadKeepsItsServerFromStarting() {
        ContainerState waiting = new ContainerStateBuilder()
                .withNewWaiting("no such image", "ErrImagePull")
                .build();

        assertThat(PodSeen.of(withSidecar(waiting, null)))
                .isEqualTo(new PodSeen.Hopeless("ErrImagePull", "sidecar beside: no such image"));
        assertThat(PodSeen.of(withSidecar(waiting, RUNS))).isEqualTo(new PodSeen.Running());
    }

    @Test
    void anEvictedPodSaysWhy() {
        Pod pod = pod("Failed")
                .editStatus()
                .withReason("Evicted")
                .withMessage("The node was low on resource: memory.")
                .endStatus()
                .build();

        assertThat(PodSeen.of(pod))
                .isEqualTo(new PodSeen.Gone(false, "Evicted", "The node was low on resource: memory."));
    }

    @Test
    void aPodThatIsDeletedRunsUntilItsContainerHasEnded() {
        Pod runs = deleted(with("Running", RUNS));
        Pod never = deleted(pod("Pending").build());

        assertThat(PodSeen.of(runs)).isEqualTo(new PodSeen.Running());
        assertThat(PodSeen.of(never)).isInstanceOf(PodSeen.Gone.class);
    }

    @Test
    void aPodWithoutANodeWaitsForOne() {
        Pod waits = pod("Pending").withNewSpec().endSpec().build();
        Pod placed =
                pod("Pending").withNewSpec().withNodeName("node1").endSpec().build();

        assertThat(PodSeen.of(waits)).isEqualTo(new PodSeen.Coming("PodCreated", "its pod has no node yet"));
        assertThat(PodSeen.of(placed))
                .isEqualTo(new PodSeen.Coming("ContainerCreating", "its container is being made"));
    }

    @Test
    void whatHasEndedHasRunUnlessItsContainerCouldNotBeStarted() {
        assertThat(PodSeen.hasRun(null)).isFalse();
        assertThat(PodSeen.hasRun(pod("Pending").build())).isFalse();
        assertThat(PodSeen.hasRun(with("Running", RUNS))).isTrue();
        assertThat(PodSeen.hasRun(with("Failed", ended(1, "Error")))).isTrue();
        assertThat(PodSeen.hasRun(with("Failed", ended(128, "StartError")))).isFalse();
    }

    private static Pod withSidecar(ContainerState sidecar, @Nullable ContainerState server) {
        return pod("Pending")
                .editStatus()
                .addNewInitContainerStatus()
                .withName("beside")
                .withState(sidecar)
                .endInitContainerStatus()
                .addNewContainerStatus()
                .withName(PodSeen.CONTAINER)
                .withState(server)
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static Pod deleted(Pod pod) {
        return pod.edit()
                .editMetadata()
                .withDeletionTimestamp("2026-01-02T03:04:05Z")
                .endMetadata()
                .build();
    }

    private static ContainerState ended(int code, String reason) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(code)
                .withReason(reason)
                .endTerminated()
                .build();
    }

    private static Pod with(String phase, ContainerState state) {
        return pod(phase)
                .editStatus()
                .addNewContainerStatus()
                .withName("sidecar")
                .withState(RUNS)
                .endContainerStatus()
                .addNewContainerStatus()
                .withName(PodSeen.CONTAINER)
                .withState(state)
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static PodBuilder pod(String phase) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("s1")
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .endStatus();
    }
}
