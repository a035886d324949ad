package dev.paddock.bench;

import dev.paddock.bench.Rounds.Effort;
import dev.paddock.manager.matchmaking.Pool;
import dev.paddock.manager.ticket.Ticket;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** The matcher alone: a pool of tickets in memory, one thread, no Redis. The time is taken by JMH. */
final class MatcherBench {
    private static final double MICROS = 1e3;
    private static final double MILLIS = 1e6;
    private static final int[] SIZES = {100, 1_000, 10_000, 100_000, 1_000_000};
    private static final int[] FEW = {100, 1_000};

    /** The scan of all by all is not asked for more: it would take minutes. */
    private static final int MOST_SCANNED = 10_000;

    /** Of fewer tickets a garbage collection does not tell what each takes. */
    private static final int LEAST_WEIGHED = 10_000;

    private static final int LEAST_ROUNDS = 5;
    private static final int MOST_ROUNDS = 50;

    /** Rounds of a pass over so many tickets take about as long as the least rounds over the most tickets. */
    private static final int TICKETS = 1_000_000;

    private static final int SECONDS = 5;

    private final Report report;
    private final Effort effort;
    private final int[] sizes;

    MatcherBench(Report report, boolean quick) {
        this.report = report;
        this.effort = quick ? Effort.QUICK : Effort.FULL;
        this.sizes = quick ? FEW : SIZES;
    }

    void run() throws RunnerException {
        for (Game game : Game.values()) {
            passes(game);
        }
        for (Game game : Game.values()) {
            quiet(game);
        }
        missingRole();
        scans();
    }

    /** All of them are new at once, as when a replica takes a full queue over. */
    private void passes(Game game) throws RunnerException {
        report.heading(game.title + ": one pass over so many who are all new; what fits is matched");
        for (int size : sizes) {
            String key = key(game) + size;
            String who = size + " waiting, ";
            Rounds pass = pass("pass", game, size);
            report.figure(key + "PassMs", who + "pass", pass, MILLIS, "ms");
            report.figure(key + "PassMicrosPerPlayer", who + "pass per player", pass.median() / MICROS / size, "µs");
            report.figure(key + "AddMs", who + "taking them in before", pass("add", game, size), MILLIS, "ms");
            report.figure(key + "MatchedPercent", who + "matched in it", matchedPercent(game, size), "%");
        }
    }

    private Rounds pass(String what, Game game, int size) throws RunnerException {
        int rounds = Math.clamp(TICKETS / size, LEAST_ROUNDS, MOST_ROUNDS);
        return Rounds.of(PassBenchmark.class, what, parameters(game, size), rounds, effort);
    }

    private static double matchedPercent(Game game, int size) {
        Pool pool = new Pool(Crowds.rules(game.teams), Crowds.REGIONS);
        new Crowds(size).waiting(size).forEach(pool::add);
        pool.match(Crowds.NOW);
        return 100.0 * (size - pool.size()) / size;
    }

    private void quiet(Game game) throws RunnerException {
        report.heading(game.title + ": so many wait and nobody fits");
        for (int size : sizes) {
            String key = key(game) + size;
            String who = size + " waiting, ";
            Rounds arrival = Rounds.of(QuietBenchmark.class, "arrival", parameters(game, size), SECONDS, effort);
            Rounds nothing = Rounds.of(QuietBenchmark.class, "nothingNew", parameters(game, size), SECONDS, effort);
            report.figure(key + "ArrivalMicros", who + "one more comes, a pass, it leaves", arrival, MICROS, "µs");
            report.figure(key + "EmptyPassNanos", who + "a pass over nothing new", nothing, 1, "ns");
            if (game == Game.DUEL) {
                heap(size);
            }
        }
    }

    private void heap(int size) {
        if (size < LEAST_WEIGHED) {
            return;
        }
        List<Ticket> crowd = new Crowds(size).waiting(size);
        long before = Heap.used();
        Pool pool = new Pool(Crowds.apart(Game.DUEL.teams), Crowds.REGIONS);
        crowd.forEach(pool::add);
        pool.match(Crowds.NOW);
        report.figure(
                key(Game.DUEL) + size + "HeapBytes",
                size + " waiting, heap of the pool per ticket, without the ticket",
                (double) (Heap.used() - before) / pool.size(),
                "B");
    }

    private void missingRole() throws RunnerException {
        report.heading("5v5, each team needs a tank: so many wait, and nobody is one");
        for (int size :
                Arrays.stream(sizes).filter(size -> size <= MOST_SCANNED).toArray()) {
            Rounds second =
                    Rounds.of(MissingRoleBenchmark.class, "second", parameters(Game.FIVES, size), LEAST_ROUNDS, effort);
            report.figure(
                    "noTank" + size + "SecondMs", size + " waiting, passes of one second of it", second, MILLIS, "ms");
        }
    }

    private void scans() throws RunnerException {
        report.heading("Baseline: the oldest scans all others, 1v1, the same tickets and rules");
        for (int size :
                Arrays.stream(sizes).filter(size -> size <= MOST_SCANNED).toArray()) {
            Rounds scan = Rounds.of(PassBenchmark.class, "scan", parameters(Game.DUEL, size), LEAST_ROUNDS, effort);
            report.baseline("scan" + size + "Ms", size + " waiting", scan, MILLIS, "ms");
        }
    }

    private static Map<String, String> parameters(Game game, int size) {
        return Map.of("game", game.name(), "waiting", Integer.toString(size));
    }

    private static String key(Game game) {
        return game.name().toLowerCase(Locale.ROOT);
    }
}
