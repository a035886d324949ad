package dev.paddock.manager.account;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells of players who have changed, by this replica, whom they block. */
@Singleton
public final class BlockedChanges {
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /** Hears the player's id, once {@link Profiles} knows whom the player blocks now. */
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    void tell(String playerId) {
        listeners.forEach(listener -> listener.accept(playerId));
    }
}
