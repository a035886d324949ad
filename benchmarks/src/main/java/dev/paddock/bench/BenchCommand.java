package dev.paddock.bench;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./paddock bench}: one subcommand for each thing that is measured. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure, beside baselines in the same run.",
        subcommands = {
            MatcherCommand.class,
            QueueCommand.class,
            RestCommand.class,
            ClusterCommand.class,
            FleetCommand.class
        })
public final class BenchCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Name what is to be measured.");
    }
}
