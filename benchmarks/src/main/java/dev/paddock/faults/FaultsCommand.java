package dev.paddock.faults;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./paddock faults}: many play while things break, and a checker looks whether anybody was lost. */
@Command(name = "faults", mixinStandardHelpOptions = true, description = "Break things at random, and look.")
public final class FaultsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Not there yet.");
    }
}
