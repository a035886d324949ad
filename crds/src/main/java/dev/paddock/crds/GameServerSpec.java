package dev.paddock.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The server that is wanted. It never changes: a server serves one match in its life, and a new template is for new servers.
 *
 * @param mode name of its {@link GameMode}
 * @param matchId the match it is started for; none: a standby
 * @param server what it runs: its mode's template at the moment when it was declared
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self == oldSelf",
        message = "a game server's spec never changes: delete it, and declare another one")
public record GameServerSpec(
        @Required @Size(max = 40) @Pattern("^[a-z]([a-z0-9-]*[a-z0-9])?$") @JsonProperty(required = true)
        String mode,

        @Nullable @Size(max = 64) @Pattern("^[a-z][a-z0-9-]*$")
        String matchId,

        @Required @JsonProperty(required = true) ServerTemplate server) {}
