package dev.paddock.bench;

import dev.paddock.manager.matchmaking.Pool;
import dev.paddock.manager.matchmaking.Proposals;
import dev.paddock.manager.ticket.Ticket;
import dev.paddock.protocol.mode.Teams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/** The matcher alone: a pool of tickets in memory, one thread, no Redis. */
final class MatcherBench {
    private static final Teams DUEL = new Teams(2, 1);
    private static final Teams FIVES = new Teams(2, 5);

    /** The scan of all by all is not asked for more: it would take minutes. */
    private static final int MOST_SCANNED = 10_000;

    private static final int ARRIVALS = 20_000;

    /** Measured as often as fits into it. */
    private static final Duration EACH = Duration.ofSeconds(2);

    /** And {@link #LEAST} times if that fits into this. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private static final int LEAST = 3;
    private static final int MOST = 200;

    private final Report report;
    private final int[] sizes;
    private final Duration each;
    private final int arrivals;

    /** Of what would otherwise be thrown away, so that it is worked out. */
    private long sink;

    private MatcherBench(Report report, boolean quick) {
        this.report = report;
        this.sizes = quick ? new int[] {100, 1_000} : new int[] {100, 1_000, 10_000, 100_000, 1_000_000};
        this.each = quick ? Duration.ofMillis(50) : EACH;
        this.arrivals = quick ? 200 : ARRIVALS;
    }

    static void run(Report report, boolean quick) {
        MatcherBench bench = new MatcherBench(report, quick);
        bench.warmUp(quick ? Duration.ofMillis(300) : Duration.ofSeconds(10));
        bench.passes("duel", "1v1", DUEL);
        bench.passes("fives", "5v5", FIVES);
        bench.nothingNew("duel", "1v1", DUEL);
        bench.nothingNew("fives", "5v5", FIVES);
        bench.scans();
        if (bench.sink < 0) {
            throw new IllegalStateException("fewer matches than none: " + bench.sink);
        }
    }

    private void warmUp(Duration time) {
        List<Ticket> crowd = new Crowds(1).waiting(1000);
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            pass(crowd, DUEL);
            pass(crowd, FIVES);
            arrival(crowd.subList(0, 500), DUEL, 500);
            arrival(crowd.subList(0, 500), FIVES, 500);
        }
    }

    /** All of them are new at once, as when a replica takes a full queue over. */
    private void passes(String key, String what, Teams teams) {
        report.heading(what + ": one pass over so many who are all new; what fits is matched");
        for (int size : sizes) {
            List<Ticket> crowd = new Crowds(size).waiting(size);
            Pass[] last = new Pass[1];
            double nanos = median(() -> {
                last[0] = pass(crowd, teams);
                return last[0].nanos();
            });
            int matched = last[0].matched();
            report.figure(key + size + "PassMs", size + " waiting, pass", nanos / 1e6, "ms");
            report.figure(
                    key + size + "AddMs",
                    size + " waiting, taking them into the pool before",
                    last[0].added() / 1e6,
                    "ms");
            report.figure(key + size + "MatchedPercent", size + " waiting, matched in it", 100.0 * matched / size, "%");
            report.figure(
                    key + size + "PassMicrosPerPlayer", size + " waiting, pass per player", nanos / 1e3 / size, "µs");
        }
    }

    /** @param added how long it took to take them in */
    private record Pass(long nanos, long added, int matched) {}

    private static Pass pass(List<Ticket> crowd, Teams teams) {
        Pool pool = new Pool(Crowds.rules(teams), Crowds.REGIONS);
        long began = System.nanoTime();
        crowd.forEach(pool::add);
        long added = System.nanoTime();
        Proposals found = pool.match(Crowds.NOW);
        long matched = System.nanoTime();
        return new Pass(matched - added, added - began, found.matches().size() * teams.count() * teams.size());
    }

    /** So many wait whom nobody fits: what one more costs, and a pass after which nothing is new. */
    private void nothingNew(String key, String what, Teams teams) {
        report.heading(what + ": so many wait and nobody fits");
        for (int size : sizes) {
            List<Ticket> crowd = new Crowds(size).waiting(size);
            Arrival arrival = arrival(crowd, teams, arrivals);
            report.figure(
                    key + size + "ArrivalMicros",
                    size + " waiting, one more arrives, and a pass",
                    arrival.micros(),
                    "µs");
            report.figure(
                    key + size + "EmptyPassNanos",
                    size + " waiting, a pass over nothing new",
                    arrival.emptyNanos(),
                    "ns");
            if (teams.equals(DUEL)) {
                report.figure(
                        key + size + "HeapBytes",
                        size + " waiting, heap of the pool per ticket, without the ticket",
                        arrival.heap(),
                        "B");
            }
        }
    }

    private record Arrival(double micros, double emptyNanos, double heap) {}

    private Arrival arrival(List<Ticket> crowd, Teams teams, int count) {
        long before = crowd.size() < 10_000 ? 0 : Heap.used();
        Pool pool = new Pool(Crowds.apart(teams), Crowds.REGIONS);
        crowd.forEach(pool::add);
        sink += pool.match(Crowds.NOW).matches().size();
        double heap = crowd.size() < 10_000 ? -1 : (double) (Heap.used() - before) / crowd.size();
        Crowds others = new Crowds(7);
        List<Ticket> more = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            more.add(others.ticket(Crowds.NOW));
        }
        long began = System.nanoTime();
        int arrived = 0;
        while (arrived < count && System.nanoTime() - began < LONGEST.toNanos()) {
            pool.add(more.get(arrived));
            sink += pool.match(Crowds.NOW).matches().size();
            arrived++;
        }
        double micros = (System.nanoTime() - began) / 1e3 / arrived;
        int empty = 100 * count;
        long then = System.nanoTime();
        for (int i = 0; i < empty; i++) {
            sink += pool.match(Crowds.NOW).matches().size();
        }
        return new Arrival(micros, (double) (System.nanoTime() - then) / empty, heap);
    }

    private void scans() {
        report.heading("Baseline: the oldest scans all others, 1v1, the same tickets and rules");
        ScanBaseline scan = new ScanBaseline(Crowds.rules(DUEL), Crowds.REGIONS);
        for (int size :
                Arrays.stream(sizes).filter(size -> size <= MOST_SCANNED).toArray()) {
            List<Ticket> crowd = new Crowds(size).waiting(size);
            int[] matched = new int[1];
            double nanos = median(() -> {
                long began = System.nanoTime();
                matched[0] = scan.match(crowd, Crowds.NOW);
                return System.nanoTime() - began;
            });
            report.baseline("scan" + size + "Ms", size + " waiting", nanos / 1e6, "ms");
            report.baseline(
                    "scan" + size + "MatchedPercent", size + " waiting, matched", 100.0 * matched[0] / size, "%");
        }
    }

    private double median(LongSupplier measured) {
        List<Long> times = new ArrayList<>();
        long began = System.nanoTime();
        long took = 0;
        while (times.isEmpty()
                || times.size() < LEAST && took < LONGEST.toNanos()
                || times.size() < MOST && took < each.toNanos()) {
            times.add(measured.getAsLong());
            took = System.nanoTime() - began;
        }
        times.sort(null);
        return times.get(times.size() / 2);
    }
}
