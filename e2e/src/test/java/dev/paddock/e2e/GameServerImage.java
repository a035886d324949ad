package dev.paddock.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The drag race as a container image, as {@code ./paddock image} makes it; in a build, the one that this build has made. */
final class GameServerImage {
    static final String NAME = "localhost/paddock/drag-race:" + System.getProperty("paddock.version", "0.1.0");

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private GameServerImage() {}

    static Path build(Path logs) {
        return tars(Command.outputOf(logs, LONGEST, "./paddock", "image")).getLast();
    }

    /** With those of the services. */
    static List<Path> buildAll(Path logs) {
        return tars(Command.outputOf(logs, LONGEST, "./paddock", "image", "all"));
    }

    private static List<Path> tars(String said) {
        return said.lines().filter(line -> line.endsWith(".tar")).map(Path::of).toList();
    }
}
