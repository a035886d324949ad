package dev.paddock.faults;

import dev.paddock.local.server.RedisServer.Fsync;
import dev.paddock.local.server.StartFailedException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./paddock faults}: many play while things break, and a checker looks whether anybody was lost. */
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Starts real managers, Redis, NATS and MariaDB, lets many players play on game servers that a swarm stands"
                    + " for, breaks one thing after the other at random, and checks what every player was told against"
                    + " what is stored at the end.",
            "The last line is: violations: V, tickets: T, matches: M, faults: F, seed: S"
        },
        footer = {"", "Exit code: 0 when there is no violation, 1 when there is one, 2 for wrong options."})
public final class FaultsCommand implements Callable<Integer> {
    /** For players to go home and all to settle. */
    private static final Duration TO_END = Duration.ofMinutes(10);

    @Option(names = "--matches", defaultValue = "300", description = "At least so many are played (default: 300).")
    private int matches;

    @Option(names = "--faults", defaultValue = "10", description = "So many things are broken (default: 10).")
    private int faults;

    @Option(names = "--managers", defaultValue = "3", description = "So many replicas (default: 3).")
    private int managers;

    @Option(names = "--players", defaultValue = "1000", description = "So many players (default: 1000).")
    private int players;

    @Option(
            names = "--sockets",
            defaultValue = "200",
            description = "So many of them have a WebSocket; the others ask (default: 200).")
    private int sockets;

    @Option(names = "--seed", description = "Of what is random; printed at the start and at the end.")
    private @Nullable Long seed;

    @Option(
            names = "--redis",
            defaultValue = "one",
            description =
                    "one Redis, or a cluster of three primaries with a replica each (default: ${DEFAULT-VALUE})."
                            + " Each has faults of its own. On a cluster late_commit and cut_link are left out: they break the"
                            + " wire between a manager and Redis, and the servers of a cluster tell managers their own addresses.")
    private RedisKind redis = RedisKind.ONE;

    @Option(
            names = "--fsync",
            description = "When the one Redis writes to the disk: always, so that it keeps whatever it acknowledged, or"
                    + " everysec, so that it may lose the last two seconds when it is killed (default: always).")
    private @Nullable Fsync fsync;

    @Option(
            names = "--minutes",
            defaultValue = "40",
            description = "After so long nothing more is broken, players go home, and what was reached is checked; ten"
                    + " minutes later it gives up (default: ${DEFAULT-VALUE}).")
    private int minutes;

    @Option(
            names = "--only",
            split = ",",
            description = "Only these kinds of faults, by comma: ${COMPLETION-CANDIDATES}.")
    private @Nullable List<Fault> only;

    @Option(
            names = "--plant",
            description =
                    "Start the managers with this bug, to see that the checker finds it: ${COMPLETION-CANDIDATES}.")
    private @Nullable Plant plant;

    @Option(names = "--keep", description = "Keep the folder of a good run too.")
    private boolean keep;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec known = Objects.requireNonNull(spec);
        if (matches < 1 || faults < 0 || managers < 1 || players < 2 || sockets < 0 || minutes < 1) {
            throw new ParameterException(
                    known.commandLine(),
                    "--matches, --managers and --minutes must be at least 1, --players at least 2.");
        }
        if (redis == RedisKind.CLUSTER && fsync != null) {
            throw new ParameterException(
                    known.commandLine(), "--fsync is for one Redis: what a cluster keeps, its replicas keep.");
        }
        List<Fault> kinds = only == null ? Fault.on(redis) : only;
        for (Fault fault : kinds) {
            if (!fault.isPossibleOn(redis)) {
                throw new ParameterException(
                        known.commandLine(),
                        "--only " + fault.name().toLowerCase(Locale.ROOT) + " cannot be done with --redis "
                                + redis.name().toLowerCase(Locale.ROOT) + ".");
            }
        }
        PrintWriter out = known.commandLine().getOut();
        InstantSource clock = InstantSource.system();
        long chosen = seed == null ? new SplittableRandom().nextLong(1_000_000) : seed;
        Path root = Path.of(System.getProperty("paddock.root", "")).toAbsolutePath();
        Path folder = root.resolve(".paddock/faults/" + clock.millis() + "-" + chosen);
        Wish wish = new Wish(
                matches,
                faults,
                managers,
                players,
                Math.min(sockets, players),
                chosen,
                Duration.ofMinutes(minutes),
                redis,
                fsync == null ? Fsync.ALWAYS : fsync,
                kinds,
                plant,
                folder,
                System.getProperty("java.class.path"));
        Kept kept = new Kept(root, wish, "./paddock " + String.join(" ", typed(known)));
        Consumer<String> said = line -> {
            kept.add(line);
            say(out, line);
        };
        try (Guard _ = Guard.over(folder, wish.bound().plus(TO_END), line -> say(out, line))) {
            FaultsRun.Outcome outcome = new FaultsRun(wish, clock, said, line -> say(out, line)).run();
            boolean good = outcome.violations().isEmpty();
            if (good && !keep) {
                FaultsRun.clean(wish);
            } else {
                said.accept("all logs and the history are in " + folder);
            }
            kept.add(outcome.line());
            String file = kept.write(clock.instant());
            if (!file.isEmpty()) {
                say(out, "Kept: " + file);
            }
            say(out, outcome.line());
            return good ? 0 : 1;
        } catch (StartFailedException e) {
            say(out, String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private static List<String> typed(CommandSpec known) {
        CommandLine top = known.commandLine();
        while (top.getParent() != null) {
            top = top.getParent();
        }
        return top.getParseResult().originalArgs();
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
