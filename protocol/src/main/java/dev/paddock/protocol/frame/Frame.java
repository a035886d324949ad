package dev.paddock.protocol.frame;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.paddock.protocol.match.Endpoint;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.MatchResult;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Manager → player, one JSON object a frame. A frame that says the same thing again has the same {@code id}. Clients
 * ignore types and fields that they do not know.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Frame.Welcome.class, name = "Welcome"),
    @JsonSubTypes.Type(value = Frame.TicketUpdated.class, name = "TicketUpdated"),
    @JsonSubTypes.Type(value = Frame.PartyUpdated.class, name = "PartyUpdated"),
    @JsonSubTypes.Type(value = Frame.MatchFound.class, name = "MatchFound"),
    @JsonSubTypes.Type(value = Frame.PlayerMatched.class, name = "PlayerMatched"),
    @JsonSubTypes.Type(value = Frame.MatchCancelled.class, name = "MatchCancelled"),
    @JsonSubTypes.Type(value = Frame.MatchEnded.class, name = "MatchEnded")
})
public sealed interface Frame {
    String id();

    Instant at();

    /** The first frame on any socket: the player's whole current state. */
    record Welcome(
            String id,
            Instant at,
            String playerId,
            String name,
            @Nullable TicketView ticket,
            @Nullable PlayerMatched match,
            @Nullable PartyView party)
            implements Frame {}

    /** The player's ticket changed. */
    record TicketUpdated(String id, Instant at, TicketView ticket) implements Frame {}

    /**
     * The player's party changed.
     *
     * @param party as it is now; null: the player is not in it any more
     */
    record PartyUpdated(
            String id, Instant at, String code, @Nullable PartyView party) implements Frame {}

    /**
     * Players were brought together, and each is asked whether to play. Comes again when one of them has accepted.
     *
     * @param acceptBy when the answer must have come; after it the match is cancelled
     * @param accepted how many have accepted
     * @param players how many must
     * @param byYou whether the player who gets this has
     */
    record MatchFound(
            String id,
            Instant at,
            String matchId,
            String mode,
            Instant acceptBy,
            int accepted,
            int players,
            boolean byYou)
            implements Frame {}

    /**
     * The match's server is ready: connect to it.
     *
     * @param joinToken JWT for this player and this match, minutes long. Null only between managers: the one that holds
     *     the socket signs it, so that no token passes through NATS or rests in Redis.
     */
    record PlayerMatched(
            String id,
            Instant at,
            String matchId,
            String mode,
            String region,
            Endpoint server,
            @Nullable String joinToken,
            List<MatchPlayer> players)
            implements Frame {
        public PlayerMatched {
            players = List.copyOf(players);
        }

        /** The same frame with the token that one player joins with. */
        public PlayerMatched withJoinToken(String token) {
            return new PlayerMatched(id, at, matchId, mode, region, server, token, players);
        }
    }

    /**
     * The match will not be played.
     *
     * @param reason {@code no-server}: none could be had; {@code server-lost}: it died; {@code not-accepted}: somebody did not
     *     accept it in time; {@code declined}: somebody declined it; {@code no-free-seat}: it runs, and the player did not get into it
     * @param ticketId the ticket that waits again with its old waiting time; null if the player must queue anew
     */
    record MatchCancelled(
            String id,
            Instant at,
            String matchId,
            String reason,
            @Nullable String ticketId) implements Frame {}

    /** The match is over. */
    record MatchEnded(String id, Instant at, String matchId, MatchResult result) implements Frame {}
}
