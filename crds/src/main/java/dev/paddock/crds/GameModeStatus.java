package dev.paddock.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator sees of a mode.
 *
 * @param players in matches now
 * @param standby servers that wait without a match
 * @param inMatch servers with a match
 * @param queued tickets that wait, as far as the managers said
 * @param observedGeneration the generation of the spec that this speaks of
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GameModeStatus(
        @Nullable Integer players,
        @StatusReplicas @Nullable Integer standby,
        @Nullable Integer inMatch,
        @Nullable Integer queued,
        @Nullable Long observedGeneration,
        @Nullable List<Condition> conditions) {}
