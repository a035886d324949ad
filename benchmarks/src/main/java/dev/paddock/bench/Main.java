package dev.paddock.bench;

import dev.paddock.faults.FaultsCommand;
import dev.paddock.replay.ReplayCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./paddock faults | bench | replay}, as far as it is Java. */
@Command(
        name = "paddock",
        mixinStandardHelpOptions = true,
        description = "Breaks Paddock on purpose, measures it, and tries rules on recorded tickets.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {FaultsCommand.class, BenchCommand.class, ReplayCommand.class})
public final class Main {
    // For picocli, and for a test that looks at the words.
    Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }
}
