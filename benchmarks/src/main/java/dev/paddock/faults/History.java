package dev.paddock.faults;

import dev.paddock.protocol.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What everybody was told, in the order in which it was written down: in memory, and a line of JSON each in a file. */
final class History implements AutoCloseable {
    private final List<Told> all = new ArrayList<>();
    private final BufferedWriter file;

    History(Path file) {
        try {
            this.file = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the history to " + file, e);
        }
    }

    synchronized void add(Told told) {
        all.add(told);
        try {
            file.write(told.getClass().getSimpleName());
            file.write(' ');
            file.write(Json.text(told));
            file.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException("the history cannot be written", e);
        }
    }

    synchronized List<Told> all() {
        return List.copyOf(all);
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the history cannot be written", e);
        }
    }
}
