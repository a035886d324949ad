package dev.paddock.local;

import dev.paddock.local.keys.KeysCommand;
import dev.paddock.local.play.PlayCommand;
import dev.paddock.local.up.UpCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./paddock <word>}, as far as it is Java. */
@Command(
        name = "paddock",
        mixinStandardHelpOptions = true,
        description = "Puts players who press \"Play\" on a game server of their own.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {UpCommand.class, PlayCommand.class, KeysCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
