package dev.paddock.local.play;

import dev.paddock.local.play.Crowd.Done;
import dev.paddock.local.play.Crowd.Failed;
import dev.paddock.local.play.Crowd.Outcome;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;

/**
 * The play from its first request to its last.
 *
 * <pre>
 * modes, regions → register, log in, socket (each player) → Round → pause → Round … → log out
 * </pre>
 */
final class Run {
    /** Password hashes cost the platform a tenth of a second of a core each. */
    private static final int ENTER_AT_ONCE = 4;

    /** Reaction times of good and of ordinary drivers. */
    private static final int QUICKEST_MS = 130;

    private static final int SLOWEST_MS = 330;

    private final Api api;
    private final InstantSource clock;
    private final Progress progress;
    private final StopSignal stop;
    private final SecureRandom secrets = new SecureRandom();
    private final Queue<Player> entered = new ConcurrentLinkedQueue<>();

    Run(Api api, InstantSource clock, Progress progress, StopSignal stop) {
        this.api = api;
        this.clock = clock;
        this.progress = progress;
        this.stop = stop;
    }

    /** @throws PlayException if not even one match could be tried */
    PlayReport play(PlayOptions options) throws PlayException, InterruptedException {
        Catalog catalog = new Catalog(api, clock);
        int size = catalog.playersOf(options.mode());
        if (size < 1 || options.players() % size != 0) {
            throw new PlayException("A match of " + options.mode() + " has " + size + " players, and --players "
                    + options.players() + " is not a multiple of that.");
        }
        Map<String, Integer> latencies = catalog.latencies(options.region());
        List<Player> players = enter(options.players());
        RandomGenerator random = new Random(options.seed());
        List<MatchReport> matches = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (int number = 1; number <= options.repeat() && missing.isEmpty(); number++) {
            if (number > 1) {
                stop.pause(options.pause());
            }
            progress.sometimes(
                    "Round " + number + " of " + options.repeat() + ": " + options.players() + " players press Play");
            Round round = new Round(options, size, latencies, clock, progress);
            round.play(players, reactions(players.size(), random), matches, missing);
        }
        return new PlayReport(options, players.stream().map(Player::name).toList(), matches, missing);
    }

    /**
     * Cancels the tickets that still wait and logs everybody out; safe to call again and from another thread.
     *
     * @return what could not be done, in sentences
     */
    List<String> leave() throws InterruptedException {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (Player player = entered.poll(); player != null; player = entered.poll()) {
            Player leaving = player;
            tasks.add(() -> {
                leaving.leave();
                return null;
            });
        }
        return tasks.isEmpty() ? List.of() : failures("could not leave", Crowd.all(tasks.size(), tasks));
    }

    private List<Player> enter(int count) throws PlayException, InterruptedException {
        progress.say("Registering " + count + " players at " + api.base());
        List<Callable<Player>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(this::enter);
        }
        List<Outcome<Player>> outcomes = Crowd.all(ENTER_AT_ONCE, tasks);
        List<String> failures = failures("", outcomes);
        if (!failures.isEmpty()) {
            throw new PlayException(failures.getFirst());
        }
        List<Player> players = new ArrayList<>();
        for (Outcome<Player> outcome : outcomes) {
            if (outcome instanceof Done<Player>(Player player)) {
                players.add(player);
            }
        }
        return players;
    }

    private Player enter() throws PlayException, InterruptedException {
        String name = Names.next(secrets);
        Login login = Login.register(api, clock, name, Names.password(secrets));
        Player player = new Player(api, clock, stop, name, login);
        entered.add(player);
        player.openSocket();
        progress.sometimes(entered.size() + " players are logged in");
        return player;
    }

    private static List<Duration> reactions(int count, RandomGenerator random) {
        List<Duration> reactions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            reactions.add(Duration.ofMillis(random.nextInt(QUICKEST_MS, SLOWEST_MS)));
        }
        return reactions;
    }

    private static <T> List<String> failures(String what, List<Outcome<T>> outcomes) {
        List<String> failures = new ArrayList<>();
        for (Outcome<T> outcome : outcomes) {
            if (outcome instanceof Failed<T>(String why)) {
                failures.add(what.isEmpty() ? why : what + ": " + why);
            }
        }
        return failures;
    }
}
