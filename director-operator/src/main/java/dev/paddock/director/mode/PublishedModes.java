package dev.paddock.director.mode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** The names that this director published last, also before it was restarted: the file {@code published-modes}. */
final class PublishedModes {
    private final Path file;
    private Set<String> names;

    PublishedModes(Path stateFolder) {
        this.file = stateFolder.resolve("published-modes");
        try {
            this.names = Files.exists(file) ? new TreeSet<>(Files.readAllLines(file)) : new TreeSet<>();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    Set<String> names() {
        return new HashSet<>(names);
    }

    void remember(Set<String> published) throws IOException {
        if (published.equals(names)) {
            return;
        }
        Files.createDirectories(file.getParent());
        Files.write(file, new TreeSet<>(published));
        names = new TreeSet<>(published);
    }
}
