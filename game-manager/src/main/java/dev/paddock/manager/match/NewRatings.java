package dev.paddock.manager.match;

import dev.paddock.manager.match.FinishedMatch.FinishedPlayer;
import dev.paddock.manager.rating.PlackettLuce;
import dev.paddock.manager.rating.Rating;
import dev.paddock.manager.rating.Side;
import dev.paddock.protocol.match.MatchPlayer;
import dev.paddock.protocol.match.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * From a match that was played to its end, the ratings of its players. All of a team share its place, which is the best
 * that one of them has. A player without a standing, and a match of one team, change nothing.
 */
final class NewRatings {
    private static final PlackettLuce METHOD = new PlackettLuce();

    private NewRatings() {}

    /**
     * @param standings by player
     * @param before by player; who is missing is rated as a newcomer
     * @return by player, of those who have a standing
     */
    static Map<String, Rating> after(
            List<FinishedPlayer> players, Map<String, Standing> standings, Map<String, Rating> before) {
        Map<Integer, List<Standing>> teams = new TreeMap<>();
        for (FinishedPlayer finished : players) {
            MatchPlayer player = finished.player();
            Standing standing = standings.get(player.playerId());
            if (standing != null) {
                teams.computeIfAbsent(player.team(), team -> new ArrayList<>()).add(standing);
            }
        }
        List<List<Standing>> sides = List.copyOf(teams.values());
        List<List<Rating>> rated =
                METHOD.after(sides.stream().map(side -> side(side, before)).toList());
        Map<String, Rating> after = new HashMap<>();
        for (int i = 0; i < sides.size(); i++) {
            for (int player = 0; player < sides.get(i).size(); player++) {
                after.put(sides.get(i).get(player).playerId(), rated.get(i).get(player));
            }
        }
        return after;
    }

    private static Side side(List<Standing> team, Map<String, Rating> before) {
        int place = team.stream().mapToInt(Standing::place).min().orElseThrow();
        return new Side(
                place,
                team.stream()
                        .map(standing -> before.getOrDefault(standing.playerId(), Rating.FIRST))
                        .toList());
    }
}
