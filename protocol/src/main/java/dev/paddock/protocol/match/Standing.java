package dev.paddock.protocol.match;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One player's place in a result.
 *
 * @param place from 1; the same place twice is a draw
 * @param note why, where it was not the finish line: {@code false-start}, {@code left}
 * @param stats the game's own figures, for {@code drag-race}: {@code seconds}, {@code reactionMs}, {@code topSpeedKmh}
 */
public record Standing(String playerId, int place, @Nullable String note, Map<String, Double> stats) {
    public Standing {
        stats = Map.copyOf(stats);
    }
}
