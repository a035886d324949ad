package dev.paddock.manager.ticket;

import dev.paddock.manager.account.Caller;
import dev.paddock.manager.account.Profile;
import dev.paddock.manager.account.Profiles;
import dev.paddock.manager.garage.Loadouts;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.mode.Regions;
import dev.paddock.manager.problem.ProblemException;
import dev.paddock.manager.problem.ProblemType;
import dev.paddock.protocol.Id;
import dev.paddock.protocol.match.Loadout;
import dev.paddock.protocol.mode.Mode;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes a wish of what a player asks for: checks it, and fetches what the match will need, the rating and the loadout,
 * while the player waits anyway.
 */
@Singleton
final class Queueing implements AutoCloseable {
    private final Modes modes;
    private final Regions regions;
    private final Profiles profiles;
    private final Loadouts loadouts;
    private final RandomGenerator random;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Queueing(Modes modes, Regions regions, Profiles profiles, Loadouts loadouts, RandomGenerator random) {
        this.modes = modes;
        this.regions = regions;
        this.profiles = profiles;
        this.loadouts = loadouts;
        this.random = random;
    }

    /**
     * One round trip for what two reads bring, as they go side by side.
     *
     * @param key the Idempotency-Key, null if there was none
     */
    Wish wish(Caller caller, TicketRequest request, @Nullable String key) {
        request.check();
        Mode mode = mode(String.valueOf(request.mode()));
        Map<String, Integer> latencies = known(request.latencies());
        String playerId = caller.playerId();
        String ticketId = key == null ? Id.next(random) : ticketId(playerId, mode.name(), key);
        Future<Loadout> loadout = threads.submit(() -> loadouts.of(playerId));
        Profile profile = profiles.of(playerId);
        String name = profile.name().isEmpty() ? caller.name() : profile.name();
        return new Wish(ticketId, playerId, name, mode, profile.rating(), latencies, result(loadout));
    }

    /** The ticket that a player's Idempotency-Key stands for: nothing need be kept to find it again. */
    static String ticketId(String playerId, String mode, String key) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            // None of the three can hold a line's end.
            String said = playerId + "\n" + mode + "\n" + key;
            return Id.of(sha256.digest(said.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    @PreDestroy
    public void close() {
        threads.close();
    }

    private Mode mode(String name) {
        return modes.find(name).orElseThrow(() -> {
            if (modes.all().isEmpty()) {
                return new ProblemException(
                        ProblemType.UNAVAILABLE, "No director has said yet what can be played. Try again in a moment.");
            }
            return new ProblemException(ProblemType.UNKNOWN_MODE, "GET /v1/modes lists the modes.");
        });
    }

    /** Regions that a client knows and we do not (any more) are left out; but not all of them. */
    private Map<String, Integer> known(@Nullable Map<String, @Nullable Integer> measured) {
        Map<String, Integer> known = new HashMap<>();
        if (measured == null || measured.isEmpty()) {
            return known;
        }
        measured.forEach((region, latency) -> {
            if (latency != null && regions.find(region).isPresent()) {
                known.put(region, latency);
            }
        });
        if (known.isEmpty()) {
            throw new ProblemException(
                    ProblemType.UNKNOWN_REGION, "None of these regions is there. GET /v1/regions lists them.");
        }
        return known;
    }

    private static Loadout result(Future<Loadout> loadout) {
        try {
            return loadout.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a loadout failed, which it never does", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Loadouts.DEFAULT;
        }
    }
}
