package dev.paddock.faults;

import dev.paddock.surroundings.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is kept of a long run, under {@code benchmarks/results}: with which command, on which machine, what came of it. */
final class Kept {
    /** Shorter ones are for trying. */
    private static final int WORTH_KEEPING = 5000;

    private final Path root;
    private final Wish wish;
    private final List<String> lines = new ArrayList<>();

    /** @param command as it was typed */
    Kept(Path root, Wish wish, String command) {
        this.root = root;
        this.wish = wish;
        Surroundings surroundings = Surroundings.look(root);
        add(command);
        add("commit " + surroundings.commit());
        surroundings.machine().forEach((what, value) -> add(what + " " + value));
    }

    void add(String line) {
        lines.add(line);
    }

    /** The file from the project's folder on; empty if the run was not worth it. */
    String write(Instant at) {
        if (wish.matches() < WORTH_KEEPING || wish.plant() != null) {
            return "";
        }
        String file = "benchmarks/results/faults-%s-%s.txt"
                .formatted(
                        wish.redis().name().toLowerCase(Locale.ROOT),
                        at.truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[:-]", ""));
        try {
            Files.createDirectories(root.resolve(file).getParent());
            // Nobody else has the folders of this machine.
            Files.writeString(root.resolve(file), String.join("\n", lines).replace(root + "/", "") + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return file;
    }
}
