package dev.paddock.replay;

import dev.paddock.protocol.DurationText;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.replay.Report.Curves;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./paddock replay FILE}: recorded tickets through the matcher of the manager, without servers. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Put recorded tickets through the matcher, and sum up who waited how long for whom.",
            "A manager records with paddock.recorder.folder; generate makes a recording up."
        },
        subcommands = GenerateCommand.class)
public final class ReplayCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "A recording (.jsonl, also gzipped).")
    private @Nullable Path file;

    @Option(
            names = "--mode",
            paramLabel = "FILE",
            description = "Try the matching rules of this GameMode beside its own.")
    private @Nullable Path mode;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description =
                    "Stop there: a time (2026-01-31T18:00:00Z), or so long after the start (10m). Default: the end.")
    private @Nullable String until;

    @Option(names = "--json", description = "One JSON object instead of a table.")
    private boolean json;

    @Option(
            names = "--plot",
            paramLabel = "OUT",
            description = "Draw wait against rating difference for several rank.widenPerSecond, beside a greedy matcher"
                    + " (OUT.svg or OUT.png).")
    private @Nullable Path plot;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        try {
            replay();
            return 0;
        } catch (NoSuchFileException e) {
            return fail("there is no file " + e.getMessage());
        } catch (MalformedRecordingException e) {
            return fail(file + ":" + e.getMessage());
        } catch (IOException | IllegalArgumentException e) {
            return fail(String.valueOf(e.getMessage()));
        }
    }

    private void replay() throws IOException {
        if (file == null) {
            throw new ParameterException(spec().commandLine(), "Name a recording, or generate one.");
        }
        Recording recording = Recording.read(file);
        Instant end = end(recording);
        MatchingRules tried = mode == null ? null : TriedRules.read(mode);
        Summary own = Summary.of(Replay.run(recording, null, ManagersMatcher::new, end));
        Summary other = tried == null ? null : Summary.of(Replay.run(recording, tried, ManagersMatcher::new, end));
        Curves curves = plot == null ? null : curves(recording, tried, end);
        Report report = new Report(
                String.valueOf(file.getFileName()),
                recording,
                Duration.between(recording.start(), end),
                Happened.in(recording, end).map(Summary::of).orElse(null),
                own,
                other,
                curves);
        print(report);
        if (plot != null && curves != null) {
            draw(plot, curves, recording);
        }
    }

    private static Curves curves(Recording recording, @Nullable MatchingRules tried, Instant end) {
        MatchingRules rules = tried == null ? recording.rules().matching() : tried;
        Curve matcher = Curve.of(recording, rules, ManagersMatcher::new, end);
        Curve baseline =
                GreedyOldestFirst.knows(rules) ? Curve.of(recording, rules, GreedyOldestFirst::new, end) : null;
        return new Curves(matcher, baseline);
    }

    private void draw(Path to, Curves curves, Recording recording) throws IOException {
        CurvePlot drawing = new CurvePlot("%s: %d × %d players; the numbers are rank.widenPerSecond"
                .formatted(
                        recording.rules().mode(),
                        recording.rules().matching().teams().count(),
                        recording.rules().matching().teams().size()));
        if (curves.baseline() != null) {
            drawing.baseline(curves.baseline());
        }
        drawing.matcher(curves.matcher());
        drawing.write(to);
    }

    private void print(Report report) {
        PrintWriter out = spec().commandLine().getOut();
        if (json) {
            out.println(Json.text(report.json()));
        } else {
            report.lines().forEach(out::println);
        }
        out.flush();
    }

    private Instant end(Recording recording) {
        if (until == null) {
            return recording.end();
        }
        try {
            return until.contains("T")
                    ? Instant.parse(until)
                    : recording.start().plus(DurationText.parse(until));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new ParameterException(
                    spec().commandLine(),
                    "--until is a time like 2026-01-31T18:00:00Z or a duration like 10m, not " + until);
        }
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }

    private int fail(String why) {
        spec().commandLine().getErr().println("paddock: " + why);
        return 1;
    }
}
