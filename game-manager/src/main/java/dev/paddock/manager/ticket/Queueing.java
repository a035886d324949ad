package dev.paddock.manager.ticket;

import dev.paddock.manager.account.Caller;
import dev.paddock.manager.account.Profile;
import dev.paddock.manager.account.Profiles;
import dev.paddock.manager.garage.Loadouts;
import dev.paddock.manager.mode.Modes;
import dev.paddock.manager.mode.Preferences;
import dev.paddock.manager.mode.Regions;
import dev.paddock.manager.problem.Checks;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Queues a player for what the player asks for: checks it, and fetches what the match will need, the rating and the
 * loadout, while the player's place is taken. Two round trips to Redis after that of the login session's check:
 *
 * <pre>
 * checked ─┬─▶ profile ─┬─▶ enqueue
 *          ├─▶ loadout ─┤
 *          └─▶ claim ───┘
 * </pre>
 */
@Singleton
final class Queueing implements AutoCloseable {
    private final Modes modes;
    private final Regions regions;
    private final Profiles profiles;
    private final Loadouts loadouts;
    private final Tickets tickets;
    private final RandomGenerator random;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Queueing(
            Modes modes,
            Regions regions,
            Profiles profiles,
            Loadouts loadouts,
            Tickets tickets,
            RandomGenerator random) {
        this.modes = modes;
        this.regions = regions;
        this.profiles = profiles;
        this.loadouts = loadouts;
        this.tickets = tickets;
        this.random = random;
    }

    /** @param key the Idempotency-Key, null if there was none */
    QueueResult queue(Caller caller, TicketRequest request, @Nullable String key) {
        request.check();
        Mode mode = mode(String.valueOf(request.mode()));
        Preferences preferences = request.preferences();
        Checks checks = new Checks();
        preferences.check(checks, mode);
        checks.done();
        Map<String, Integer> latencies = preferences.knownLatencies(regions);
        String playerId = caller.playerId();
        String ticketId = key == null ? Id.next(random) : ticketId(playerId, mode.name(), key);
        Future<Profile> profile = threads.submit(() -> profiles.of(playerId));
        Future<Loadout> loadout = threads.submit(() -> loadouts.of(playerId));
        return tickets.queue(playerId, mode, ticketId, () -> {
            Profile known = result(profile);
            String name = known.name().isEmpty() ? caller.name() : known.name();
            TicketPlayer player = new TicketPlayer(
                    playerId,
                    name,
                    known.rating().mean(),
                    latencies,
                    result(loadout),
                    preferences.knownRoles(),
                    known.blocked(),
                    known.rating().uncertainty());
            return new Wish(ticketId, mode, List.of(player), preferences.knownAttributes());
        });
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
