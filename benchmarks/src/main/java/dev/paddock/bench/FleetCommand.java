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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./paddock bench fleet}. Its fields are filled in by picocli. */
@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        description = {
            "Thousands of servers on fake nodes of a real API server, beside bare pods and patches.",
            "How fast the operator brings them up, what that costs, and how fast matches get them. The nodes are KWOK's and no"
                    + " container runs; the servers' side of NATS is spoken by this program. First: GRACE=300 KWOK=1 ./paddock"
                    + " cluster up"
        })
final class FleetCommand implements Callable<Integer> {
    private static final int CLIENTS = 40;

    /** The most of one mode. */
    private static final int OF_A_MODE = 1000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--kubeconfig",
            description = "of an API server with KWOK beside it; default: that of ./paddock cluster")
    private @Nullable Path kubeconfig;

    @Option(names = "--servers", defaultValue = "5000", description = "1 to 20000; default: ${DEFAULT-VALUE}")
    private int servers;

    @Option(names = "--nodes", defaultValue = "500", description = "1 to 2000; default: ${DEFAULT-VALUE}")
    private int nodes;

    @Option(names = "--quick", description = "tiny numbers, to see that it runs; nothing is kept")
    private boolean quick;

    @Override
    public Integer call() {
        CommandSpec own = Objects.requireNonNull(spec);
        if (servers < 1 || servers > 20_000 || nodes < 1 || nodes > 2000) {
            throw new ParameterException(own.commandLine(), "--servers is 1 to 20000, and --nodes 1 to 2000.");
        }
        PrintWriter out = own.commandLine().getOut();
        Path root = Path.of(System.getProperty("paddock.root", "."));
        Path config = kubeconfig == null ? root.resolve(".paddock/cluster/admin.kubeconfig") : kubeconfig;
        FleetBench.Size size = quick
                ? new FleetBench.Size(20, 2, 4, 5)
                : new FleetBench.Size(servers, nodes, CLIENTS, Math.max(1, servers * 4 / 5 / CLIENTS));
        Report report = new Report(
                out,
                "./paddock bench fleet" + (quick ? " --quick" : " --servers %d --nodes %d".formatted(servers, nodes)),
                Surroundings.look(root));
        FleetBench.run(report, root, config, size, OF_A_MODE);
        report.end(root, "fleet", quick, InstantSource.system().instant());
        return 0;
    }
}
