package dev.paddock.protocol.server;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.paddock.protocol.match.MatchResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Server → director. {@code Ready}, {@code Seats} and {@code Ended} are said as requests and repeated until a director
 * answers {@link dev.paddock.protocol.Heard}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerEvent.Ready.class, name = "ServerReady"),
    @JsonSubTypes.Type(value = ServerEvent.Heartbeat.class, name = "ServerHeartbeat"),
    @JsonSubTypes.Type(value = ServerEvent.Seats.class, name = "ServerSeats"),
    @JsonSubTypes.Type(value = ServerEvent.Ended.class, name = "ServerEnded")
})
public sealed interface ServerEvent {
    String serverId();

    /**
     * The ports are bound.
     *
     * @param matchId the match that is loaded; null: the server is a standby and has none yet
     * @param ports by transport: {@code tcp}, {@code udp}
     * @param publicKeySha256 of the key that it proves, as in {@link dev.paddock.protocol.match.Endpoint}
     */
    record Ready(
            String serverId,
            String mode,
            @Nullable String matchId,
            Map<String, Integer> ports,
            String publicKeySha256,
            Instant at)
            implements ServerEvent {
        public Ready {
            ports = Map.copyOf(ports);
        }
    }

    /**
     * Every 2 seconds: still there. It says all that {@code Ready} says, so that a director that has just started knows
     * its servers again.
     *
     * @param loaded whether it is ready with {@code matchId}; false while it waits for a match, or loads one
     * @param players how many are connected now
     */
    record Heartbeat(
            String serverId,
            String mode,
            @Nullable String matchId,
            boolean loaded,
            Map<String, Integer> ports,
            String publicKeySha256,
            int players,
            Instant at)
            implements ServerEvent {
        public Heartbeat {
            ports = Map.copyOf(ports);
        }
    }

    /**
     * Who has a seat in the match that runs, and how many more can join. The whole state each time; only a server whose game
     * lets somebody join a match that has begun says it at all.
     *
     * @param number higher with each change; the same one again says the same
     * @param roster the last {@link dev.paddock.protocol.match.SeatPlayers#roster} that was answered; 0: none
     * @param free seats without a player, by team from 0
     * @param players ids of those who have a seat, connected or not; who left for good is none of them
     */
    record Seats(
            String serverId,
            String mode,
            String matchId,
            int number,
            int roster,
            List<Integer> free,
            List<String> players,
            Instant at)
            implements ServerEvent {
        public Seats {
            free = List.copyOf(free);
            players = List.copyOf(players);
        }
    }

    /** The match is over; the server exits once this was heard. */
    record Ended(String serverId, String mode, String matchId, MatchResult result, Instant at) implements ServerEvent {}
}
