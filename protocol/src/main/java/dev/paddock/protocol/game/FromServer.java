package dev.paddock.protocol.game;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.MatchResult;
import java.util.List;

/**
 * Game server → client, one JSON object a line. Clients pass over types and fields that they do not know.
 *
 * <pre>
 * Join → Joined → Grid → Countdown … Countdown(green) → Snapshot … → Result, closed
 *      ↘ Rejected, closed                              ↘ Dropped, closed
 * </pre>
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = FromServer.Joined.class, name = "Joined"),
    @JsonSubTypes.Type(value = FromServer.Rejected.class, name = "Rejected"),
    @JsonSubTypes.Type(value = FromServer.Dropped.class, name = "Dropped"),
    @JsonSubTypes.Type(value = FromServer.Grid.class, name = "Grid"),
    @JsonSubTypes.Type(value = FromServer.Countdown.class, name = "Countdown"),
    @JsonSubTypes.Type(value = FromServer.Snapshot.class, name = "Snapshot"),
    @JsonSubTypes.Type(value = FromServer.Result.class, name = "Result")
})
public sealed interface FromServer {
    /**
     * Every game: you are in. Also the answer to a second connection, which replaces the first.
     *
     * @param playerId who the token says you are
     * @param tickRate snapshots a second
     */
    record Joined(String playerId, String matchId, String mode, List<MatchPlayer> players, int tickRate)
            implements FromServer {
        public Joined {
            players = List.copyOf(players);
        }
    }

    /**
     * Every game: you are not let in; the connection is closed.
     *
     * @param code {@code bad-join}, {@code join-timeout}, {@code line-too-long}, {@code bad-token}, {@code
     *     expired-token}, {@code wrong-match}, {@code not-a-player}, {@code no-match}, {@code match-over}
     * @param reason a sentence for a person
     */
    record Rejected(String code, String reason) implements FromServer {}

    /**
     * Every game: you were in and are no longer; the connection is closed. Unless the code says otherwise the player may
     * join again.
     *
     * @param code {@code replaced}, {@code bad-line}, {@code line-too-long}, {@code too-many-lines}, {@code too-slow}
     * @param reason a sentence for a person
     */
    record Dropped(String code, String reason) implements FromServer {}

    /**
     * Drag race, after {@link Joined}: what does not change during the race.
     *
     * @param metres how long the strip is
     * @param gears how many gears every car has
     * @param shiftRpm where shifting up is best
     * @param redlineRpm where the engine is cut
     */
    record Grid(double metres, int gears, double shiftRpm, double redlineRpm) implements FromServer {}

    /**
     * Drag race: the lights changed.
     *
     * @param lights amber lights that are lit, 1 to 3; 0 at green
     * @param startsInMs at least so long until green; how much longer is random. 0 is green, and only then
     */
    record Countdown(int lights, long startsInMs) implements FromServer {
        /** Whether this is the one to drive off at. */
        public boolean green() {
            return startsInMs == 0;
        }
    }

    /**
     * Drag race, 30 a second: where everybody is. One that was too late for a slow reader is left out, not queued.
     *
     * @param tick the simulation's step, 120 a second
     * @param atMs since green; 0 before
     */
    record Snapshot(long tick, long atMs, Phase phase, List<Racer> racers) implements FromServer {
        public Snapshot {
            racers = List.copyOf(racers);
        }
    }

    /** Every game: it is over; the connection is closed. */
    record Result(MatchResult result) implements FromServer {}

    /** Where a race is. */
    enum Phase {
        /** Not everybody is here. */
        WAITING,
        /** The lights are on. */
        COUNTDOWN,
        /** Green. */
        RACING,
        /** Decided. */
        OVER
    }
}
