package dev.paddock.manager.account;

import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/**
 * Whom a player never wants to meet. MySQL has the truth; {@link Profiles} keeps the ids, so that no ticket asks MySQL. A
 * change reaches the cache while the player's row is still locked: of two changes the later one is cached last.
 */
@Singleton
class Blocking {
    /** Each travels with every ticket of the player. */
    static final int MOST = 200;

    private final BlockedStore store;
    private final PlayerStore players;
    private final Profiles profiles;
    private final InstantSource time;

    Blocking(BlockedStore store, PlayerStore players, Profiles profiles, InstantSource time) {
        this.store = store;
        this.players = players;
        this.profiles = profiles;
        this.time = time;
    }

    List<BlockedPlayer> all(String playerId) {
        return store.all(playerId);
    }

    /** Said again, it changes nothing. */
    @Transactional
    void block(String playerId, String other) {
        if (playerId.equals(other)) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "Nobody can block themselves.");
        }
        // First, for an InnoDB transaction goes on seeing what its first plain read saw: no other block may come
        // between.
        store.lock(playerId);
        if (players.find(other).isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no such player.");
        }
        List<String> before = store.ids(playerId);
        if (before.size() >= MOST && !before.contains(other)) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_BLOCKED, "At most " + MOST + " can be blocked; unblock somebody first.");
        }
        store.add(playerId, other, time.instant());
        profiles.keepBlocked(playerId, store.ids(playerId));
    }

    /** Said again, it changes nothing. */
    @Transactional
    void unblock(String playerId, String other) {
        store.lock(playerId);
        store.remove(playerId, other);
        profiles.keepBlocked(playerId, store.ids(playerId));
    }
}
