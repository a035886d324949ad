package dev.paddock.bench;

import dev.paddock.surroundings.Surroundings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./paddock bench cluster}. Its fields are filled in by picocli. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = "Matches on a real Kubernetes of this machine, with standbys and without, beside bare pods.")
final class ClusterCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--quick", description = "tiny numbers, to see that it runs; nothing is kept")
    private boolean quick;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Path root = Path.of(System.getProperty("paddock.root", "."));
        Report report = new Report(out, "./paddock bench cluster" + (quick ? " --quick" : ""), Surroundings.look(root));
        ClusterBench.run(root, report, quick);
        report.end(root, "cluster", quick, InstantSource.system().instant());
        return 0;
    }
}
