package dev.paddock.protocol.match;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.paddock.protocol.Stop;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Director → managers: what became of a match. Said as a request and repeated until a manager answers {@link
 * dev.paddock.protocol.Heard}; acting on one twice changes nothing.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MatchEvent.Ready.class, name = "MatchReady"),
    @JsonSubTypes.Type(value = MatchEvent.Seats.class, name = "MatchSeats"),
    @JsonSubTypes.Type(value = MatchEvent.Ended.class, name = "MatchEnded"),
    @JsonSubTypes.Type(value = MatchEvent.Failed.class, name = "MatchFailed")
})
public sealed interface MatchEvent {
    String matchId();

    String mode();

    /**
     * The server has loaded the match.
     *
     * @param stops when it passed {@code assigned}, {@code started} (cold start only) and {@code ready}
     */
    record Ready(String matchId, String mode, String serverId, Endpoint endpoint, Map<Stop, Instant> stops)
            implements MatchEvent {
        public Ready {
            stops = Map.copyOf(stops);
        }
    }

    /**
     * Who has a seat in the match that runs, and how many more can join: {@link
     * dev.paddock.protocol.server.ServerEvent.Seats}, as the server said it.
     */
    record Seats(
            String matchId,
            String mode,
            String serverId,
            int number,
            int roster,
            List<Integer> free,
            List<String> players,
            Instant at)
            implements MatchEvent {
        public Seats {
            free = List.copyOf(free);
            players = List.copyOf(players);
        }
    }

    /** The server ended the match. */
    record Ended(String matchId, String mode, String serverId, MatchResult result, Instant at) implements MatchEvent {}

    /**
     * The server is gone, and left no result; or none could be had.
     *
     * @param code {@code server-lost}, {@code start-failed}
     */
    record Failed(String matchId, String mode, @Nullable String serverId, String code, String why, Instant at)
            implements MatchEvent {}
}
