package dev.paddock.manager.account;

import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.List;

/**
 * Whom a player never wants to meet. MySQL has the truth; {@link Profiles} keeps the ids, so that no ticket asks MySQL. A
 * change reaches the cache while the player's row is still locked: of two changes the later one is cached last.
 */
@Singleton
final class Blocking {
    /** Each travels with every ticket of the player. */
    static final int MOST = 200;

    private final BlockedStore store;
    private final PlayerStore players;
    private final Profiles profiles;
    private final TransactionOperations<Connection> transactions;
    private final InstantSource time;

    Blocking(
            BlockedStore store,
            PlayerStore players,
            Profiles profiles,
            TransactionOperations<Connection> transactions,
            InstantSource time) {
        this.store = store;
        this.players = players;
        this.profiles = profiles;
        this.transactions = transactions;
        this.time = time;
    }

    List<BlockedPlayer> all(String playerId) {
        return store.all(playerId);
    }

    /** Said again, it changes nothing. */
    void block(String playerId, String other) {
        if (playerId.equals(other)) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "Nobody can block themselves.");
        }
        if (players.find(other).isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no such player.");
        }
        change(playerId, () -> {
            List<String> before = store.ids(playerId);
            if (before.size() >= MOST && !before.contains(other)) {
                throw new ProblemException(
                        ProblemType.TOO_MANY_BLOCKED, "At most " + MOST + " can be blocked; unblock somebody first.");
            }
            store.add(playerId, other, time.instant());
        });
    }

    /** Said again, it changes nothing. */
    void unblock(String playerId, String other) {
        change(playerId, () -> store.remove(playerId, other));
    }

    private void change(String playerId, Runnable what) {
        transactions.executeWrite(status -> {
            store.lock(playerId);
            what.run();
            profiles.keepBlocked(playerId, store.ids(playerId));
            return true;
        });
    }
}
