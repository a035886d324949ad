package dev.paddock.replay;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./paddock replay FILE}: recorded tickets through the matcher of the manager, without servers. */
@Command(name = "replay", mixinStandardHelpOptions = true, description = "Put recorded tickets through the matcher.")
public final class ReplayCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Name a recording.");
    }
}
