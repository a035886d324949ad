package dev.paddock.faults;

import dev.paddock.local.server.Folders;
import dev.paddock.local.server.MysqlDatabase;
import dev.paddock.protocol.mode.MatchLimits;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Mode;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.protocol.mode.Window;
import dev.paddock.swarm.Place;
import dev.paddock.swarm.Swarm;
import dev.paddock.swarm.SwarmEvent;
import dev.paddock.swarm.Temper;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One run:
 *
 * <pre>
 * servers, managers, swarm ─▶ players come ─▶ fault after fault, until there were enough of both ─▶ players go home
 *     ─▶ what is left? ─▶ check what was told against what is stored
 * </pre>
 */
final class FaultsRun {
    private static final Crowd.Modes MODES = new Crowd.Modes("faults", "faults-squads", "faults-pairs", Checker.SEATS);

    /** In squads. */
    private static final Duration SOCKET_GRACE = Duration.ofSeconds(3);

    private static final String REGION = "swarm";
    private static final Duration SAYS_EVERY = Duration.ofSeconds(5);
    private static final Duration TO_GO_HOME = Duration.ofSeconds(170);
    private static final Duration TO_SETTLE = Duration.ofSeconds(60);

    /** A run in which nothing is played for so long is over. */
    private static final Duration STANDSTILL = Duration.ofSeconds(90);

    private static final int SHOWN = 10;

    private final Wish wish;
    private final InstantSource clock;
    private final Consumer<String> out;
    private final Consumer<String> progress;
    private final Tally tally = new Tally();

    /** Matches whose result a manager has heard. */
    private final Set<String> played = ConcurrentHashMap.newKeySet();

    private final long began = System.nanoTime();
    private volatile String now = "";
    private volatile int faults;

    /**
     * @param out is given lines for people
     * @param progress is told every few seconds how far it is
     */
    FaultsRun(Wish wish, InstantSource clock, Consumer<String> out, Consumer<String> progress) {
        this.progress = progress;
        this.wish = wish;
        this.clock = clock;
        this.out = out;
    }

    /** What a run came to. */
    record Outcome(List<Violation> violations, int lost, int tickets, int matches, int faults, long seed) {
        Outcome {
            violations = List.copyOf(violations);
        }

        /** The last line, for programs. */
        String line() {
            return "violations: %d, tickets: %d, matches: %d, faults: %d, seed: %d"
                    .formatted(violations.size(), tickets, matches, faults, seed);
        }
    }

    /** Two players a match, in windows that leave somebody waiting now and then, so that tickets expire too. */
    private static Mode alone() {
        return new Mode(
                MODES.alone(),
                new MatchingRules(
                        new Teams(2, 1), new Window(80, 40, 600), new Window(100, 10, 500), Duration.ofSeconds(20)),
                new MatchLimits(Duration.ofSeconds(2), 2, Duration.ofSeconds(5), Duration.ofSeconds(10)));
    }

    /** For parties: two against two, asked before it begins. */
    private static Mode pairs() {
        return new Mode(
                MODES.pairs(),
                new MatchingRules(
                        new Teams(2, 2),
                        new Window(150, 100, 1000),
                        new Window(100, 10, 500),
                        Duration.ofSeconds(20),
                        List.of(),
                        List.of(),
                        Duration.ofSeconds(8),
                        false,
                        null),
                alone().limits());
    }

    /** Two against two of those who come alone, whose tickets end when they are gone. */
    private static Mode squads() {
        return new Mode(
                MODES.squads(),
                new MatchingRules(
                        new Teams(2, 2),
                        new Window(150, 100, 1000),
                        new Window(100, 10, 500),
                        Duration.ofSeconds(20),
                        List.of(),
                        List.of(),
                        null,
                        false,
                        SOCKET_GRACE),
                alone().limits());
    }

    /** Begins one against one; then there is room for two more, who go to it before they begin another. */
    private static Mode seats() {
        return new Mode(
                MODES.seats(),
                new MatchingRules(
                        new Teams(2, 2, 1, Duration.ofMillis(500)),
                        new Window(150, 100, 1000),
                        new Window(100, 10, 500),
                        Duration.ofSeconds(20),
                        List.of(),
                        List.of(),
                        null,
                        true,
                        null),
                alone().limits());
    }

    Outcome run() throws InterruptedException {
        out.accept("seed %d; everything is written to %s".formatted(wish.seed(), wish.folder()));
        SplittableRandom random = new SplittableRandom(wish.seed());
        try (Stage stage = Stage.set(wish, new SecureRandom());
                History history = new History(wish.folder().resolve("history.txt"))) {
            Accounts accounts = Accounts.withKeyIn(stage.settings().signingKey());
            Place place = new Place(stage.nats().url(), stage.directorCreds(), REGION);
            try (Swarm swarm = Swarm.start(
                            place,
                            List.of(alone(), squads(), pairs(), seats()),
                            Temper.bad(),
                            wish.seed(),
                            clock,
                            event -> note(history, event));
                    RedisLook look = new RedisLook(stage.redis(), MODES.all())) {
                stage.startManagers();
                out.accept("%d managers, %s, NATS and MariaDB are up".formatted(wish.managers(), redis()));
                play(stage, accounts, look, history, random);
                return judge(stage, look, history);
            }
        }
    }

    private String redis() {
        return switch (wish.redis()) {
            case ONE -> "Redis (appendfsync %s)".formatted(wish.fsync().name().toLowerCase(Locale.ROOT));
            case CLUSTER -> "a Redis Cluster (three primaries, three replicas)";
        };
    }

    private void play(Stage stage, Accounts accounts, RedisLook look, History history, SplittableRandom random)
            throws InterruptedException {
        double meanPause = Math.max(0.2, wish.players() / wish.ticketsPerSecond() - 2.5);
        List<URI> managers = stage.managers().stream().map(ManagerProcess::url).toList();
        List<Accounts.Account> players = accounts.make(
                wish.players(), random.split(), stage.settings().database(), look.commands(), clock.instant());
        if (!wish.keepsAll()) {
            // Sessions are written; now they are on the disk, or on the replicas, too, whatever happens to Redis.
            Breakage.rest(Loss.LAG);
        }
        Thread observer = Thread.ofVirtual().start(() -> observe(look, history));
        try (Crowd crowd = new Crowd(new Crowd.Mood(MODES, meanPause), tally, history, clock)) {
            crowd.come(players, wish.sockets(), managers, random.split());
            breakThings(new Breakage(stage, look, history, clock, random.split()), random.split());
            now = "the matches that are left";
            crowd.mood().hurry(meanPause / 2);
            awaitMatches(look, stage.settings().database());
            now = "players go home";
            if (!crowd.goHome(TO_GO_HOME)) {
                history.add(new Told.Stuck(clock.instant(), "", "", "players have not gone home"));
            }
        } finally {
            observer.interrupt();
            observer.join();
        }
    }

    private void breakThings(Breakage breakage, SplittableRandom random) throws InterruptedException {
        // Something to break must be under way.
        Breakage.rest(Duration.ofSeconds(2));
        Deque<Fault> next = new ArrayDeque<>();
        for (int number = 1; number <= wish.faults() && !isTimeUp(); number++) {
            if (next.isEmpty()) {
                // Each kind once, in any order, before any comes again.
                List<Fault> kinds = new ArrayList<>(wish.kinds());
                Collections.shuffle(kinds, random);
                next.addAll(kinds);
            }
            Fault fault = next.removeFirst();
            now = fault.what();
            breakage.perform(number, fault);
            faults = number;
            now = "nothing is broken";
            Breakage.rest(Duration.ofMillis(random.nextLong(200, 1500)));
        }
    }

    private void awaitMatches(RedisLook look, MysqlDatabase database) throws InterruptedException {
        long before = -1;
        long since = System.nanoTime();
        long now = look.ended(database);
        while (now < wish.matches() && !isTimeUp()) {
            if (now != before) {
                before = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > STANDSTILL.toNanos()) {
                return;
            }
            Breakage.rest(Duration.ofMillis(500));
            now = look.ended(database);
        }
    }

    private boolean isTimeUp() {
        return System.nanoTime() - began > wish.bound().toNanos();
    }

    /** Writes down each new fencing token, and says now and then how far it is. */
    private void observe(RedisLook look, History history) {
        Map<String, Long> tokens = new HashMap<>();
        long said = began;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                for (Told.Fence fence : look.fences(clock.instant())) {
                    Long before = tokens.put(fence.mode(), fence.token());
                    if (before == null || before != fence.token()) {
                        history.add(fence);
                    }
                }
                if (System.nanoTime() - said > SAYS_EVERY.toNanos()) {
                    said = System.nanoTime();
                    progress.accept("%4d s: %d matches, %d of %d faults; %s (answers: %s)"
                            .formatted(
                                    (said - began) / 1_000_000_000,
                                    played.size(),
                                    faults,
                                    wish.faults(),
                                    now,
                                    tally.tell()));
                }
                Breakage.rest(Duration.ofMillis(20));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Outcome judge(Stage stage, RedisLook look, History history) throws InterruptedException {
        List<String> left = awaitEmpty(look);
        Remains remains = look.remains(stage.settings().database(), left, look.claims());
        List<Told> all = history.all();
        Loss loss = wish.keepsAll() ? Loss.none() : Loss.of(all);
        Checker.Findings findings = Checker.check(all, remains, loss, SOCKET_GRACE);
        int tickets = (int) all.stream().filter(Told.Accepted.class::isInstance).count();
        int matches = (int) remains.matches().values().stream()
                .filter(match -> match.state().equals("ENDED"))
                .count();
        Outcome outcome = new Outcome(findings.violations(), findings.lost(), tickets, matches, faults, wish.seed());
        out.accept("%d players joined a match that ran".formatted(joined(remains)));
        out.accept("%s after %d s"
                .formatted(
                        byKind(all), Duration.ofNanos(System.nanoTime() - began).toSeconds()));
        tell(outcome, all, remains);
        if (faults < wish.faults() || matches < wish.matches()) {
            out.accept("the time was up, or nothing moved, before all faults were done or all matches played");
        }
        return outcome;
    }

    private static long joined(Remains remains) {
        return remains.matches().values().stream()
                .flatMap(match -> match.players().keySet().stream()
                        .filter(ticket -> remains.since(match, ticket).isAfter(match.formedAt())))
                .count();
    }

    private static Map<Fault, Long> byKind(List<Told> history) {
        return history.stream()
                .filter(Told.Mended.class::isInstance)
                .collect(Collectors.groupingBy(
                        told -> ((Told.Mended) told).fault(), () -> new EnumMap<>(Fault.class), Collectors.counting()));
    }

    private List<String> awaitEmpty(RedisLook look) throws InterruptedException {
        long deadline = System.nanoTime() + TO_SETTLE.toNanos();
        List<String> left = List.of("Redis did not answer");
        while (System.nanoTime() < deadline) {
            try {
                left = look.leftBehind();
                if (left.isEmpty() && look.claims().isEmpty()) {
                    return left;
                }
            } catch (RedisException e) {
                left = List.of("Redis did not answer: " + e.getMessage());
            }
            Breakage.rest(Duration.ofMillis(250));
        }
        return left;
    }

    private void tell(Outcome outcome, List<Told> history, Remains remains) {
        if (outcome.lost() > 0) {
            String why = wish.redis() == RedisKind.ONE
                    ? "Redis was killed between two writes to the disk"
                    : "primaries were killed before their replicas had heard it";
            out.accept(why + "; forgotten, as it may, and told: " + outcome.lost());
        }
        for (Violation violation : outcome.violations().stream().limit(SHOWN).toList()) {
            out.accept("VIOLATION " + violation.id() + ": " + violation.what());
            if (!violation.id().isEmpty()) {
                history.stream()
                        .filter(told -> told.names(violation.id()))
                        .filter(told -> !(told instanceof Told.Broken || told instanceof Told.Mended))
                        .forEach(told -> out.accept("    " + told));
                out.accept("    stored: " + remains.tickets().get(violation.id()) + " "
                        + remains.matches().get(violation.id()));
            }
        }
        if (outcome.violations().size() > SHOWN) {
            out.accept("… and %d more".formatted(outcome.violations().size() - SHOWN));
        }
    }

    /** Deletes what a good run has written. */
    static void clean(Wish wish) {
        try {
            Folders.delete(wish.folder());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + wish.folder(), e);
        }
    }

    private void note(History history, SwarmEvent event) {
        if (event instanceof SwarmEvent.Plays plays) {
            history.add(new Told.Plays(plays.at(), plays.matchId(), plays.serverId(), plays.players()));
            return;
        }
        if (event instanceof SwarmEvent.Heard) {
            played.add(event.matchId());
        }
        history.add(new Told.InSwarm(event.at(), event.getClass().getSimpleName(), event.matchId(), event.serverId()));
    }
}
