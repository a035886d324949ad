package dev.paddock.local.play;

import dev.paddock.protocol.Stop;
import dev.paddock.protocol.frame.Frame.PlayerMatched;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.MatchResult;
import java.util.List;
import java.util.Optional;

/**
 * One match, as the players met it.
 *
 * @param address of the game server, {@code host:port}
 * @param missing sentences on what should have been there, empty if all was
 */
record MatchReport(
        String matchId,
        String region,
        String address,
        List<MatchPlayer> players,
        MatchResult result,
        Timeline timeline,
        List<String> missing) {
    MatchReport {
        players = List.copyOf(players);
        missing = List.copyOf(missing);
    }

    static MatchReport of(PlayerMatched frame, MatchResult result, Timeline timeline, List<String> missing) {
        return new MatchReport(
                frame.matchId(),
                frame.region(),
                frame.server().host() + ":" + frame.server().ports().get("tcp"),
                frame.players(),
                result,
                timeline,
                missing);
    }

    /** What the timeline lacks, in sentences. */
    static List<String> stopsMissing(Timeline timeline) {
        return timeline.missing().stream()
                .map(Stop::word)
                .map(word -> "the stop " + word + " has no time")
                .toList();
    }

    Optional<MatchPlayer> player(String playerId) {
        return players.stream()
                .filter(player -> player.playerId().equals(playerId))
                .findFirst();
    }
}
