package dev.paddock.manager.match;

import dev.paddock.manager.matchmaking.SeatsTaken;
import dev.paddock.protocol.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who joins a match that runs, as its hash in Redis holds it.
 *
 * @param roster the last one; 0: nobody was ever under way to a seat
 * @param seating who is under way, until the server has answered
 * @param seated who came last
 * @param unseated who was sent back last
 */
record Joined(
        int roster,
        @Nullable Taking seating,
        @Nullable Taking seated,
        @Nullable Taking unseated) {
    /** @param json as it was read: the scripts compare it letter by letter */
    record Taking(String json, SeatsTaken taken) {
        static Taking of(String json) {
            return new Taking(json, Json.read(json, SeatsTaken.class));
        }
    }

    static Joined of(Map<String, String> hash) {
        return new Joined(
                Integer.parseInt(hash.getOrDefault("roster", "0")),
                taking(hash, "seating"),
                taking(hash, "seated"),
                taking(hash, "unseated"));
    }

    /** Of whom the scripts that end a match are told that they are under way; empty: of nobody. */
    String seatingJson() {
        return seating == null ? "" : seating.json();
    }

    private static @Nullable Taking taking(Map<String, String> hash, String field) {
        String json = hash.get(field);
        return json == null ? null : Taking.of(json);
    }
}
