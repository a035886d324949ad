package dev.paddock.manager.match;

import dev.paddock.manager.matchmaking.FormedMatch;
import dev.paddock.manager.matchmaking.FormedMatch.FormedPlayer;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.Stop;
import dev.paddock.protocol.match.Endpoint;
import dev.paddock.protocol.match.MatchEvent;
import dev.paddock.protocol.match.MatchResult;
import dev.paddock.protocol.mode.MatchLimits;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A match as its hash in Redis holds it.
 *
 * @param entry its entry in the stream of formed matches; empty if unknown
 * @param assignedTo the server that the director named for this attempt
 * @param serverId the server that it is settled on
 * @param standby whether that server stood ready; null if not known yet
 * @param acceptBy when its players must have accepted, in a mode that asks them
 * @param accepted ids of the players who have
 * @param dissolved which tickets left and which wait again, if it was not accepted or got no server; see {@code
 *     dissolve.lua}
 * @param joined who joined it while it ran, or is under way
 * @param at when it passed which stop
 * @param told playerId → when {@code PlayerMatched} was written to the player's socket
 */
record StoredMatch(
        FormedMatch formed,
        MatchState state,
        String entry,
        int attempt,
        Instant attemptAt,
        @Nullable String assignedTo,
        @Nullable String serverId,
        @Nullable Boolean standby,
        MatchEvent.@Nullable Ready ready,
        @Nullable MatchResult result,
        @Nullable String reason,
        @Nullable Instant acceptBy,
        Set<String> accepted,
        @Nullable String dissolved,
        Joined joined,
        Map<Stop, Instant> at,
        Map<String, Instant> told) {
    private static final String ACCEPTED = "accepted.";

    StoredMatch {
        accepted = Set.copyOf(accepted);
        at = Map.copyOf(at);
        told = Map.copyOf(told);
    }

    String matchId() {
        return formed.matchId();
    }

    String mode() {
        return formed.mode();
    }

    /** Where it stands, under its mode's limits. */
    Phase phase(MatchLimits limits) {
        return switch (state) {
            case PROPOSED -> new Phase.Asking(acceptBy == null ? formed.formedAt() : acceptBy);
            case FORMED -> new Phase.Forming(attempt, limits.startTries(), attemptAt, limits.readyWithin(), assignedTo);
            case READY ->
                new Phase.Settled(
                        serverId == null ? "" : serverId,
                        at.getOrDefault(Stop.SETTLED, formed.formedAt()),
                        limits.longest());
            case ENDED -> new Phase.Over();
            case CANCELLED -> dissolved == null ? new Phase.Over() : new Phase.Untold(dissolved);
        };
    }

    /** From when on its players' {@code PlayerMatched} is as it is: since it was settled, or somebody joined. */
    Instant matchedAt() {
        Joined.Taking seated = joined.seated();
        return seated == null
                ? at.getOrDefault(Stop.SETTLED, formed.formedAt())
                : seated.taken().at();
    }

    /** Where to connect to, while there is somebody to connect to. */
    @Nullable
    Endpoint endpoint() {
        return ready == null || state != MatchState.READY ? null : ready.endpoint();
    }

    /** The same match, cancelled for this reason. */
    StoredMatch because(String why) {
        return new StoredMatch(
                formed,
                MatchState.CANCELLED,
                entry,
                attempt,
                attemptAt,
                assignedTo,
                serverId,
                standby,
                ready,
                result,
                why,
                acceptBy,
                accepted,
                dissolved,
                joined,
                at,
                told);
    }

    /** Who plays, and who is under way to a free seat. */
    Stream<FormedPlayer> players() {
        Joined.Taking seating = joined.seating();
        Stream<FormedPlayer> underWay = seating == null ? Stream.empty() : seating.taken().players().stream();
        return Stream.concat(formed.players().stream(), underWay);
    }

    boolean hasPlayer(String playerId) {
        return formed.players().stream()
                .anyMatch(player -> player.player().playerId().equals(playerId));
    }

    /** The match in a hash; nothing if the hash is empty. */
    static Optional<StoredMatch> of(Map<String, String> hash) {
        String state = hash.get("state");
        String formedJson = hash.get("formed");
        if (state == null || formedJson == null) {
            return Optional.empty();
        }
        FormedMatch formed = Json.read(formedJson, FormedMatch.class);
        String attemptAt = hash.get("attemptAt");
        String ready = hash.get("ready");
        String result = hash.get("result");
        String acceptBy = hash.get("acceptBy");
        String standby = hash.get("standby");
        return Optional.of(new StoredMatch(
                formed,
                MatchState.valueOf(state),
                hash.getOrDefault("entry", ""),
                Integer.parseInt(hash.getOrDefault("attempt", "1")),
                attemptAt == null ? formed.formedAt() : Instant.parse(attemptAt),
                hash.get("assignedTo"),
                hash.get("serverId"),
                standby == null ? null : Boolean.valueOf(standby),
                ready == null ? null : Json.read(ready, MatchEvent.Ready.class),
                result == null ? null : Json.read(result, MatchResult.class),
                hash.get("reason"),
                acceptBy == null ? null : Instant.ofEpochMilli(Long.parseLong(acceptBy)),
                accepted(hash),
                hash.get("dissolved"),
                Joined.of(hash),
                stops(hash, formed),
                told(hash)));
    }

    private static Set<String> accepted(Map<String, String> hash) {
        Set<String> accepted = new HashSet<>();
        for (String field : hash.keySet()) {
            if (field.startsWith(ACCEPTED)) {
                accepted.add(field.substring(ACCEPTED.length()));
            }
        }
        return accepted;
    }

    private static Map<Stop, Instant> stops(Map<String, String> hash, FormedMatch formed) {
        Map<Stop, Instant> at = new EnumMap<>(Stop.class);
        at.put(Stop.FORMED, formed.formedAt());
        for (Stop stop : Stop.values()) {
            String time = hash.get("at." + stop.word());
            if (time != null) {
                at.put(stop, Instant.parse(time));
            }
        }
        return at;
    }

    private static Map<String, Instant> told(Map<String, String> hash) {
        Map<String, Instant> told = new HashMap<>();
        hash.forEach((field, time) -> {
            if (field.startsWith("told.")) {
                told.put(field.substring("told.".length()), Instant.parse(time));
            }
        });
        return told;
    }
}
