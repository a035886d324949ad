package dev.paddock.replay;

import dev.paddock.protocol.DurationText;
import dev.paddock.protocol.Json;
import dev.paddock.protocol.mode.MatchingRules;
import dev.paddock.protocol.mode.Teams;
import dev.paddock.replay.Report.Curves;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            description = "Try the matching rules of this GameMode beside its own; give it again to try several.")
    private List<Path> modes = new ArrayList<>();

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
        } catch (MalformedRecordingException | IllegalArgumentException e) {
            return fail(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return fail(file + ": " + e);
        }
    }

    private void replay() throws IOException {
        if (file == null) {
            throw new ParameterException(spec().commandLine(), "Name a recording, or generate one.");
        }
        if (plot != null && modes.size() > 1) {
            throw new ParameterException(spec().commandLine(), "--plot draws one set of rules: give one --mode.");
        }
        Recording recording = Recording.open(file);
        Instant end = end(recording);
        Map<String, MatchingRules> rules = new LinkedHashMap<>();
        for (Path mode : modes) {
            String name = String.valueOf(mode.getFileName());
            rules.put(rules.containsKey(name) ? mode.toString() : name, TriedRules.read(mode));
        }
        Replay.Outcome own = Replay.run(recording, null, ManagersMatcher::new, end);
        Map<String, Summary> tried = new LinkedHashMap<>();
        for (Map.Entry<String, MatchingRules> each : rules.entrySet()) {
            tried.put(
                    each.getKey(),
                    Replay.run(recording, each.getValue(), ManagersMatcher::new, end)
                            .summary());
        }
        Curves curves = plot == null ? null : curves(recording, rules.values(), end);
        print(new Report(recording, own, happened(recording, end), tried, curves));
        if (plot != null && curves != null) {
            draw(plot, curves, recording);
        }
    }

    /** Null if no match is recorded, as in generated recordings. */
    private static @Nullable Summary happened(Recording recording, @Nullable Instant end) throws IOException {
        Summary happened = Replay.run(recording, null, AsRecorded::new, end).summary();
        return happened.get(Figure.MATCHES).orElse(0) == 0 ? null : happened;
    }

    private static Curves curves(Recording recording, Collection<MatchingRules> tried, @Nullable Instant end)
            throws IOException {
        MatchingRules rules = tried.isEmpty()
                ? recording.rules().matching()
                : tried.iterator().next();
        Curve matcher = Curve.of(recording, rules, ManagersMatcher::new, end);
        Curve baseline =
                GreedyOldestFirst.knows(rules) ? Curve.of(recording, rules, GreedyOldestFirst::new, end) : null;
        return new Curves(matcher, baseline);
    }

    private void draw(Path to, Curves curves, Recording recording) throws IOException {
        Teams teams = recording.rules().matching().teams();
        CurvePlot drawing = new CurvePlot(
                "Mode “%s”: %d teams of %d".formatted(recording.rules().mode(), teams.count(), teams.size()));
        drawing.curves(curves.matcher(), curves.baseline());
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

    /** Null: to the last line. */
    private @Nullable Instant end(Recording recording) {
        if (until == null) {
            return null;
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
