package dev.paddock.protocol.match;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.protocol.mode.MatchLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Manager → director: "a server for this match". Safe to say again: the director answers with the present state.
 *
 * @param attempt from 1; a higher one asks for another server, and the director retires the ones before
 * @param settledOn the server that the managers have settled on, if they have: then the director only says what became
 *     of it, and starts nothing
 * @param joinKeys JSON Web Key Set (RFC 7517) that join tokens are signed with
 */
public record StartMatch(
        String matchId,
        String mode,
        String region,
        List<MatchPlayer> players,
        MatchLimits limits,
        JsonNode joinKeys,
        int attempt,
        @Nullable String settledOn) {
    public StartMatch {
        players = List.copyOf(players);
    }
}
