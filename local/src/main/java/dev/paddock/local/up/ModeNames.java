package dev.paddock.local.up;

import dev.paddock.local.server.PrivateFiles;
import dev.paddock.local.server.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of the modes in a folder of {@code GameMode} files: without them listed, nobody can play. */
final class ModeNames {
    /** The first {@code name} that stands two deep is {@code metadata.name}; the director reads the files properly. */
    private static final Pattern NAME = Pattern.compile("(?m)^metadata:\\s*\\R(?:  .*\\R)*?  name: *\"?([a-z0-9-]+)");

    private ModeNames() {}

    static List<String> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.filter(file -> file.toString().endsWith(".yaml"))
                    .map(PrivateFiles::read)
                    .map(NAME::matcher)
                    .filter(Matcher::find)
                    .map(name -> name.group(1))
                    .sorted()
                    .toList();
            if (names.isEmpty()) {
                throw new StartFailedException("No mode to play in " + folder + ": put a GameMode file there.");
            }
            return names;
        } catch (IOException e) {
            throw new StartFailedException(
                    "Cannot read the modes in %s: %s.".formatted(folder, PrivateFiles.reason(e)), e);
        }
    }
}
