package dev.paddock.protocol.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.mode.MatchLimits;
import java.util.List;

/**
 * Director → server, as the request {@code assign}, or as the file {@code assignment.json} of a cold start: the one
 * match of this server's life. The same match again is accepted again; another one is refused.
 *
 * @param joinKeys JSON Web Key Set (RFC 7517); a join token is a JWT signed with one of them, with {@code aud} =
 *     {@code paddock:join}, {@code match} = the match's id and {@code sub} = the player's id
 */
public record Assignment(
        String matchId, String mode, List<MatchPlayer> players, MatchLimits limits, JsonNode joinKeys) {
    public Assignment {
        players = List.copyOf(players);
    }
}
