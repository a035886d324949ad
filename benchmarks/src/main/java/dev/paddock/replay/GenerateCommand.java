package dev.paddock.replay;

import dev.paddock.manager.recording.RecordedLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ./paddock replay generate KIND OUT}: a recording of players who do not exist. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Make a recording up; docs/replay.md says by which distributions.")
final class GenerateCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "KIND", converter = KindConverter.class, description = "duel or teams.")
    private Generator.@Nullable Kind kind;

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "Where to write it: a .jsonl, gzipped if it ends in .gz.")
    private @Nullable Path out;

    @Option(
            names = "--players",
            defaultValue = "4000",
            description = "How many to make up (default: ${DEFAULT-VALUE}).")
    private int players;

    @Option(names = "--seconds", defaultValue = "3600", description = "In how long (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "The same seed makes up the same players (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        var commandLine = Objects.requireNonNull(spec).commandLine();
        if (players < 1 || seconds < 1) {
            throw new ParameterException(commandLine, "--players and --seconds must be 1 or more.");
        }
        Path to = Objects.requireNonNull(out);
        List<RecordedLine> lines =
                Generator.generate(Objects.requireNonNull(kind), players, Duration.ofSeconds(seconds), seed);
        try {
            Recording.write(to, lines);
        } catch (IOException e) {
            commandLine.getErr().println("paddock: " + to + " cannot be written: " + e);
            return 1;
        }
        commandLine.getOut().println("Wrote " + lines.size() + " lines to " + to);
        return 0;
    }

    /** In the words of modes, which have no capitals. */
    private static final class KindConverter implements ITypeConverter<Generator.Kind> {
        @Override
        public Generator.Kind convert(String text) {
            return switch (text) {
                case "duel" -> Generator.Kind.DUEL;
                case "teams" -> Generator.Kind.TEAMS;
                default -> throw new TypeConversionException("'" + text + "' is neither duel nor teams");
            };
        }
    }
}
