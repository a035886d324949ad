package dev.paddock.protocol.match;

import java.util.List;
import java.util.Map;

/**
 * What a player brings into a match: a car, the items on it, and what both come to. Paddock passes {@code stats} on; the
 * game gives them their meaning (for {@code drag-race}: {@code powerKw}, {@code massKg}, {@code grip},
 * {@code shiftMs}).
 */
public record Loadout(String carId, List<String> items, Map<String, Double> stats) {
    public Loadout {
        items = List.copyOf(items);
        stats = Map.copyOf(stats);
    }
}
