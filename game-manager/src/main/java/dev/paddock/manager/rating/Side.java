package dev.paddock.manager.rating;

import java.util.List;

/**
 * Players who won or lost together.
 *
 * @param place from 1, the best; sides in the same place have drawn
 * @param players at least one
 */
public record Side(int place, List<Rating> players) {
    public Side {
        players = List.copyOf(players);
        if (players.isEmpty()) {
            throw new IllegalArgumentException("a side has at least one player");
        }
    }

    double mean() {
        return players.stream().mapToDouble(Rating::mean).sum();
    }

    double variance() {
        return players.stream()
                .mapToDouble(player -> player.uncertainty() * player.uncertainty())
                .sum();
    }
}
