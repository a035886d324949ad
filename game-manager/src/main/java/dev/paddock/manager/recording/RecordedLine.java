package dev.paddock.manager.recording;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.paddock.protocol.mode.MatchingRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a recording, as JSON. The first line of a file is {@link Rules}; times never go back. Ids mean something
 * within one file only: the recorder replaces them by a hash with a salt that it keeps to itself.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RecordedLine.Rules.class, name = "Rules"),
    @JsonSubTypes.Type(value = RecordedLine.Queued.class, name = "Queued"),
    @JsonSubTypes.Type(value = RecordedLine.Left.class, name = "Left"),
    @JsonSubTypes.Type(value = RecordedLine.Formed.class, name = "Formed"),
    @JsonSubTypes.Type(value = RecordedLine.Dropped.class, name = "Dropped")
})
public sealed interface RecordedLine {
    /** The format that this class describes. */
    int VERSION = 1;

    Instant at();

    private static void given(@Nullable Object value, String field) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
    }

    /**
     * What the mode is matched by from here on.
     *
     * @param regions where a match can run, by name
     */
    record Rules(int version, Instant at, String mode, List<String> regions, MatchingRules matching)
            implements RecordedLine {
        public Rules {
            if (version != VERSION) {
                throw new IllegalArgumentException("version must be " + VERSION + ", is " + version);
            }
            given(at, "at");
            given(mode, "mode");
            given(regions, "regions");
            given(matching, "matching");
            regions = List.copyOf(regions);
        }
    }

    /**
     * A ticket came.
     *
     * @param since when it began to wait, if that was before {@code at}: the way through Redis, or it was matched before
     *     and waits again
     * @param returned true if it was matched before
     * @param attributes values are hashed: only whether they are equal can be seen
     */
    record Queued(
            Instant at,
            String ticketId,
            @Nullable Instant since,
            @Nullable Boolean returned,
            List<RecordedPlayer> players,
            @Nullable Map<String, String> attributes)
            implements RecordedLine {
        public Queued {
            given(at, "at");
            given(ticketId, "ticketId");
            given(players, "players");
            players = List.copyOf(players);
            if (players.isEmpty()) {
                throw new IllegalArgumentException("players is empty");
            }
            if (since != null && since.isAfter(at)) {
                throw new IllegalArgumentException("since is after at");
            }
        }

        /** When its waiting time began. */
        public Instant waitsSince() {
            return since == null ? at : since;
        }
    }

    /** A ticket was taken back by its player. */
    record Left(Instant at, String ticketId) implements RecordedLine {
        public Left {
            given(at, "at");
            given(ticketId, "ticketId");
        }
    }

    /** A match was formed, of these tickets. */
    record Formed(Instant at, String region, List<List<String>> teams) implements RecordedLine {
        public Formed {
            given(at, "at");
            given(region, "region");
            given(teams, "teams");
            teams = teams.stream().map(List::copyOf).toList();
        }
    }

    /** So many notes could not be written: the recorder was too slow, and players come first. */
    record Dropped(Instant at, long count) implements RecordedLine {
        public Dropped {
            given(at, "at");
        }
    }

    /**
     * One player of a ticket: what the matcher looks at, and nothing else.
     *
     * @param uncertainty standard deviation of the rating; null: it is certain
     * @param latencies by region, in milliseconds; null: none
     * @param roles that the player can play, the favourite first; null: none
     * @param avoids ids of players whom this one never wants to meet; null: none
     */
    record RecordedPlayer(
            String playerId,
            double rating,
            @Nullable Double uncertainty,
            @Nullable Map<String, Integer> latencies,
            @Nullable List<String> roles,
            @Nullable List<String> avoids) {
        public RecordedPlayer {
            given(playerId, "playerId");
            if (latencies != null) {
                latencies.forEach((region, latency) -> {
                    if (latency < 0) {
                        throw new IllegalArgumentException("latencies." + region + " must be 0 or more, is " + latency);
                    }
                });
            }
        }
    }
}
