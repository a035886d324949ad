package dev.paddock.manager.account;

import dev.paddock.manager.rating.Rating;
import java.util.List;

/**
 * What matchmaking needs to know of a player.
 *
 * @param blocked ids of players whom this one never wants to meet
 */
public record Profile(String playerId, String name, Rating rating, List<String> blocked) {
    public Profile {
        blocked = List.copyOf(blocked);
    }
}
