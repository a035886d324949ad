package dev.paddock.bench;

import dev.paddock.surroundings.Surroundings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./paddock bench matcher}. Its fields are filled in by picocli. */
@Command(
        name = "matcher",
        mixinStandardHelpOptions = true,
        description = "The matcher alone: a pass over 100 to 1,000,000 tickets, an arrival, a pass over nothing new.")
final class MatcherCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--quick", description = "tiny numbers, to see that it runs; nothing is kept")
    private boolean quick;

    @Override
    public Integer call() throws RunnerException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Path root = Path.of(System.getProperty("paddock.root", "."));
        Report report = new Report(out, "./paddock bench matcher" + (quick ? " --quick" : ""), Surroundings.look(root));
        new MatcherBench(report, quick).run();
        report.end(root, "matcher", quick, InstantSource.system().instant());
        return 0;
    }
}
