package dev.paddock.local.play;

import dev.paddock.protocol.DurationText;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ./paddock play}. Exit code 0: all was there; 1: something is missing; 2: wrong arguments. */
@Command(
        name = "play",
        description = "Let real players queue, race and report what they met, on a platform that runs.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
public final class PlayCommand implements Callable<Integer> {
    private static final int STOPPED = 130;

    @Option(names = "--url", defaultValue = "http://127.0.0.1:8080", description = "A game manager's address.")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(names = "--mode", defaultValue = "drag-race", description = "What to play.")
    private String mode = "drag-race";

    @Option(
            names = "--players",
            defaultValue = "2",
            description = "How many play at once; more than a match takes are several matches.")
    private int players;

    @Option(names = "--repeat", defaultValue = "1", description = "Matches that each of them plays.")
    private int repeat;

    @Option(
            names = "--until",
            defaultValue = "result",
            converter = UntilConverter.class,
            description = "'result', or 'joined': resign once all have joined, for many repeats.")
    private Until until = Until.RESULT;

    @Option(
            names = "--pause",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description = "Between matches, so that a standby server is there again.")
    private Duration pause = Duration.ofSeconds(1);

    @Option(names = "--region", description = "Play in this region only; else where the latency is best.")
    private @Nullable String region;

    @Option(
            names = "--patience",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "How long a player waits to be matched, and after the race to be told its end.")
    private Duration patience = Duration.ofSeconds(60);

    @Option(names = "--seed", description = "Of the reaction times, to race the same race again.")
    private @Nullable Long seed;

    @Option(names = "--json", description = "One JSON object on standard output, nothing else.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PlayOptions options = options();
        PrintWriter out = spec().commandLine().getOut();
        PrintWriter err = spec().commandLine().getErr();
        StopSignal stop = new StopSignal();
        InstantSource clock = InstantSource.system();
        Progress progress = new Progress(err, clock);
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build()) {
            Api api = new Api(http, options.url(), progress, stop);
            Run run = new Run(api, clock, progress, stop);
            return play(run, options, out, err, stop);
        }
    }

    private int play(Run run, PlayOptions options, PrintWriter out, PrintWriter err, StopSignal stop)
            throws InterruptedException {
        Thread hook = Thread.ofPlatform().name("stop").unstarted(() -> stop(run, stop, err));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            PlayReport report = run.play(options);
            if (stop.isRaised()) {
                return STOPPED;
            }
            out.println(json ? JsonReport.of(report) : TextReport.of(report).stripTrailing());
            return report.ok() ? 0 : 1;
        } catch (PlayException e) {
            if (stop.isRaised()) {
                return STOPPED;
            }
            if (json) {
                out.println(JsonReport.failed(String.valueOf(e.getMessage())));
            }
            err.println(e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            if (stop.isRaised()) {
                return STOPPED;
            }
            throw e;
        } finally {
            out.flush();
            if (!stop.isRaised()) {
                run.leave().forEach(err::println);
                Runtime.getRuntime().removeShutdownHook(hook);
            }
            err.flush();
        }
    }

    private static void stop(Run run, StopSignal stop, PrintWriter err) {
        stop.raise();
        try {
            err.println("Stopping: cancelling tickets, logging out");
            run.leave().forEach(err::println);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        err.flush();
    }

    private PlayOptions options() {
        check(players >= 1 && players <= 1000, "--players must be 1 to 1000, is " + players);
        check(repeat >= 1 && repeat <= 100_000, "--repeat must be 1 to 100000, is " + repeat);
        check(patience.isPositive(), "--patience must be more than nothing");
        check(
                url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme())),
                "--url must be like http://127.0.0.1:8080, is " + url);
        long chosen = seed == null ? new SecureRandom().nextInt(1_000_000) : seed;
        return new PlayOptions(url, mode, players, repeat, until, pause, region, patience, chosen);
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec().commandLine(), otherwise);
        }
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("not called by picocli");
        }
        return spec;
    }

    /** {@code 250ms}, {@code 1s}, {@code 5m}. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return DurationText.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** {@code result} or {@code joined}. */
    static final class UntilConverter implements ITypeConverter<Until> {
        @Override
        public Until convert(String text) {
            return switch (text) {
                case "result" -> Until.RESULT;
                case "joined" -> Until.JOINED;
                default -> throw new TypeConversionException("'" + text + "' is neither 'result' nor 'joined'");
            };
        }
    }
}
