package dev.paddock.director.kubernetes;

import dev.paddock.crds.ServerTemplate;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a server's pod says of it, in the words of {@code GameServer} conditions: a reason for programs, a message for a
 * person. The server's container is the one named {@link #CONTAINER}; what others beside it do ends no server that runs.
 */
public sealed interface PodSeen {
    String CONTAINER = ServerTemplate.CONTAINER;

    /** The reason of one that has no node yet, of which the scheduler has not complained. */
    String CREATED = "PodCreated";

    /** The reason of one that has a node, whose pod says no more than that. */
    String MAKING = "ContainerCreating";

    /** It is on its way, or waits for a node; reason and message say what for. */
    record Coming(String reason, String message) implements PodSeen {}

    record Running() implements PodSeen {}

    /** It never starts, however long one waits. */
    record Hopeless(String reason, String message) implements PodSeen {}

    /** The server has ended, or its pod or node is gone. */
    record Gone(boolean clean, String reason, String message) implements PodSeen {}

    /** States of a container that waits and that do not pass by themselves, or not while players wait. */
    Set<String> HOPELESS = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    /** How a container ends that could not be started. */
    Set<String> NEVER_RAN = Set.of("StartError", "ContainerCannotRun");

    static PodSeen of(@Nullable Pod pod) {
        if (pod == null) {
            return new Gone(false, "PodGone", "its pod was deleted");
        }
        PodStatus status = pod.getStatus();
        if (status == null) {
            return waitsForNode();
        }
        Optional<ContainerState> server = server(status);
        Optional<ContainerStateTerminated> ended = server.map(ContainerState::getTerminated);
        if (ended.isPresent()) {
            return ended(ended.get());
        }
        if ("Failed".equals(status.getPhase()) || "Succeeded".equals(status.getPhase())) {
            // Evicted, preempted, or its node was lost: the pod's own words, as no container has said anything.
            return new Gone(
                    false,
                    status.getReason() == null ? "PodFailed" : status.getReason(),
                    status.getMessage() == null ? "its pod failed" : status.getMessage());
        }
        if (pod.getMetadata().getDeletionTimestamp() != null
                && server.map(ContainerState::getRunning).isEmpty()) {
            return new Gone(false, "PodDeleted", "its pod was deleted before it ran");
        }
        if (server.map(ContainerState::getRunning).isPresent()) {
            return new Running();
        }
        Optional<Hopeless> hopeless = hopeless(status);
        if (hopeless.isPresent()) {
            return hopeless.get();
        }
        return unscheduled(status)
                .map(condition -> (PodSeen) new Coming(
                        text(condition.getReason(), "Unschedulable"), text(condition.getMessage(), "no node takes it")))
                .orElseGet(() -> pod.getSpec() == null || pod.getSpec().getNodeName() == null
                        ? waitsForNode()
                        : new Coming(MAKING, "its container is being made"));
    }

    /** Whether its process has run, whatever became of it. */
    static boolean hasRun(@Nullable Pod pod) {
        return Optional.ofNullable(pod)
                .flatMap(present -> Optional.ofNullable(present.getStatus()))
                .flatMap(PodSeen::server)
                .filter(state -> state.getRunning() != null
                        || (state.getTerminated() != null
                                && !NEVER_RAN.contains(
                                        text(state.getTerminated().getReason(), ""))))
                .isPresent();
    }

    /** When a pod that is on its way, or runs, made its last step to there; by its node's or the scheduler's clock. */
    static Optional<Instant> lastStep(@Nullable Pod pod) {
        Optional<PodStatus> status = Optional.ofNullable(pod).map(Pod::getStatus);
        return status.flatMap(PodSeen::server)
                .flatMap(state -> Optional.ofNullable(state.getRunning()))
                .map(ContainerStateRunning::getStartedAt)
                .or(() -> status.stream()
                        .flatMap(present -> present.getConditions().stream())
                        .filter(condition ->
                                "PodScheduled".equals(condition.getType()) && "True".equals(condition.getStatus()))
                        .map(PodCondition::getLastTransitionTime)
                        .findFirst())
                .map(Instant::parse);
    }

    private static Coming waitsForNode() {
        return new Coming(CREATED, "its pod has no node yet");
    }

    private static PodSeen ended(ContainerStateTerminated ended) {
        int code = ended.getExitCode() == null ? -1 : ended.getExitCode();
        if (code == 0) {
            return new Gone(true, "Completed", "exit code 0");
        }
        String reason = text(ended.getReason(), "Error");
        String message =
                ended.getMessage() == null ? "" : ": " + ended.getMessage().strip();
        return new Gone(false, reason, "exit code " + code + message);
    }

    private static Optional<ContainerState> server(PodStatus status) {
        List<ContainerStatus> all = status.getContainerStatuses();
        return all.stream()
                .filter(container -> CONTAINER.equals(container.getName()))
                .map(ContainerStatus::getState)
                .filter(state -> state != null)
                .findFirst();
    }

    /** Its own container, or a sidecar that it waits for. */
    private static Optional<Hopeless> hopeless(PodStatus status) {
        return Stream.concat(status.getContainerStatuses().stream(), status.getInitContainerStatuses().stream())
                .filter(container -> container.getState() != null)
                .flatMap(container -> Stream.ofNullable(container.getState().getWaiting())
                        .filter(waiting -> waiting.getReason() != null && HOPELESS.contains(waiting.getReason()))
                        .map(waiting -> hopeless(container.getName(), waiting)))
                .findFirst();
    }

    private static Hopeless hopeless(String container, ContainerStateWaiting waiting) {
        String message = text(waiting.getMessage(), waiting.getReason());
        return new Hopeless(
                waiting.getReason(), container.equals(CONTAINER) ? message : "sidecar " + container + ": " + message);
    }

    private static Optional<PodCondition> unscheduled(PodStatus status) {
        return status.getConditions().stream()
                .filter(condition ->
                        "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()))
                .findFirst();
    }

    private static String text(@Nullable String text, String other) {
        return text == null || text.isBlank() ? other : text;
    }
}
