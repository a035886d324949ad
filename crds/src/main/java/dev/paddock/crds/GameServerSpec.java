package dev.paddock.crds;

import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * The server that is wanted.
 *
 * @param mode name of its {@link GameMode}
 * @param matchId the match it is started for; none: a standby
 */
public record GameServerSpec(
        @Required String mode, @Nullable String matchId) {}
