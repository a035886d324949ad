package dev.paddock.manager.ticket;

import dev.paddock.manager.account.Profile;
import dev.paddock.manager.account.Profiles;
import dev.paddock.manager.garage.Loadouts;
import dev.paddock.protocol.match.Loadout;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Fetches what a match needs of a player: the rating, whom the player blocks, and the loadout, side by side. */
@Singleton
final class TicketPlayers implements AutoCloseable {
    private final Profiles profiles;
    private final Loadouts loadouts;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    TicketPlayers(Profiles profiles, Loadouts loadouts) {
        this.profiles = profiles;
        this.loadouts = loadouts;
    }

    /**
     * Begins to fetch.
     *
     * @param name that the player has if the profile is not known
     * @return waits for what was fetched
     */
    Supplier<TicketPlayer> fetch(String playerId, String name, Map<String, Integer> latencies, List<String> roles) {
        Future<Profile> profile = threads.submit(() -> profiles.of(playerId));
        Future<Loadout> loadout = threads.submit(() -> loadouts.of(playerId));
        return () -> {
            Profile known = result(profile);
            return new TicketPlayer(
                    playerId,
                    known.name().isEmpty() ? name : known.name(),
                    known.rating().mean(),
                    latencies,
                    result(loadout),
                    roles,
                    known.blocked(),
                    known.rating().uncertainty());
        };
    }

    @Override
    @PreDestroy
    public void close() {
        threads.close();
    }

    private static <T> T result(Future<T> fetched) {
        try {
            return fetched.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot queue: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while queueing", e);
        }
    }
}
