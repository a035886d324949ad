package dev.paddock.bench;

import dev.paddock.surroundings.Surroundings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./paddock bench queue}. Its fields are filled in by picocli. */
@Command(
        name = "queue",
        mixinStandardHelpOptions = true,
        description = "The queue in Redis: throughput, from possible to formed, bursts, overload, memory.")
final class QueueCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--quick", description = "tiny numbers, to see that it runs; nothing is kept")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "only some of: throughput, formed, burst, overload, waiting, baselines")
    private List<String> only = List.of("throughput", "formed", "burst", "overload", "waiting", "baselines");

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Path root = Path.of(System.getProperty("paddock.root", "."));
        Report report = new Report(
                out,
                "./paddock bench queue" + (quick ? " --quick" : "")
                        + (only.size() < 6 ? " --only " + String.join(",", only) : ""),
                Surroundings.look(root));
        QueueBench.run(report, quick, Set.copyOf(only));
        report.end(root, "queue", quick, InstantSource.system().instant());
        return 0;
    }
}
