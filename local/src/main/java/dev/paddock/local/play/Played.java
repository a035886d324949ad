package dev.paddock.local.play;

import dev.paddock.local.play.Player.Matched;
import dev.paddock.local.play.Player.Queued;
import dev.paddock.protocol.match.MatchResult;

/**
 * What one player met in one match.
 *
 * @param raced the result that the game server said
 * @param ended the result that the platform said
 */
record Played(Player player, Queued queued, Matched matched, MatchResult raced, MatchResult ended) {
    String matchId() {
        return matched.frame().matchId();
    }
}
