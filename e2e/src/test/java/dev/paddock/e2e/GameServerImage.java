package dev.paddock.e2e;

import java.nio.file.Path;
import java.time.Duration;

/** The drag race as a container image, as {@code ./paddock image} makes it; in a build, the one that this build has made. */
final class GameServerImage {
    static final String NAME = "localhost/paddock/drag-race:" + System.getProperty("paddock.version", "0.1.0");

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private GameServerImage() {}

    static Path build(Path logs) {
        String said = Command.outputOf(logs, LONGEST, "./paddock", "image");
        return Path.of(said.strip().lines().reduce((first, last) -> last).orElseThrow());
    }
}
