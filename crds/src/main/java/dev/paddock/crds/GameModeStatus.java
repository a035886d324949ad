package dev.paddock.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.crd.generator.annotation.SchemaFrom;
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
 * @param serving what the servers run that get matches, as long as a new template is rolled out the one before; the API
 *     server does not check it, since nobody but a director writes it
 * @param observedGeneration the generation of the spec that this speaks of
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GameModeStatus(
        @Nullable Integer players,
        @StatusReplicas @Nullable Integer standby,
        @Nullable Integer inMatch,
        @Nullable Integer queued,

        @SchemaFrom(type = Object.class) @PreserveUnknownFields @Nullable
        ServerTemplate serving,

        @Nullable Long observedGeneration,
        @Nullable List<Condition> conditions) {
    /** Nothing but what the servers run that get matches. */
    public static GameModeStatus serving(ServerTemplate server) {
        return new GameModeStatus(null, null, null, null, server, null, null);
    }

    /** All but {@link #serving}, which another one says. */
    public GameModeStatus withoutServing() {
        return new GameModeStatus(players, standby, inMatch, queued, null, observedGeneration, conditions);
    }
}
