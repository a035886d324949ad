package dev.paddock.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ./paddock} as a person says it, with a cluster apart from the person's own. */
final class Words {
    private final Path root;
    private final Path state;

    /** @param state folder of the cluster and of what the words print */
    Words(Path root, Path state) {
        this.root = root;
        this.state = state;
    }

    /** What it prints on standard output until it ends, and it must end well. */
    String say(Duration longest, String... words) throws InterruptedException {
        Path output = state.resolve("said.txt");
        Process process = start(output, List.of(words));
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(String.join(" ", words) + " did not end within " + longest);
            }
        } finally {
            process.destroy();
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", words) + " ended with " + process.exitValue() + ": "
                    + read(output) + read(errors(output)));
        }
        return read(output);
    }

    /** Begins what goes on until it is told to end; returns when it has said so. */
    Process begin(Duration longest, String said, String... words) throws InterruptedException {
        Path output = state.resolve("begun.txt");
        Process process = start(output, List.of(words));
        long deadline = System.nanoTime() + longest.toNanos();
        while (!read(output).contains(said)) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                process.destroy();
                throw new IllegalStateException(
                        String.join(" ", words) + " did not say '" + said + "': " + read(output));
            }
        }
        return process;
    }

    private Process start(Path output, List<String> words) {
        List<String> argv = new ArrayList<>(List.of("./paddock"));
        argv.addAll(words);
        try {
            ProcessBuilder builder = new ProcessBuilder(argv)
                    .directory(root.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors(output).toFile());
            builder.environment().put("PADDOCK_CLUSTER_RUN", state.toString());
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path errors(Path output) {
        return output.resolveSibling(output.getFileName() + ".err");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
