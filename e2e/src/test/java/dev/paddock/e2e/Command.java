package dev.paddock.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of the README, run as a user would, from the root of the checkout. */
final class Command implements AutoCloseable {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final Process process;
    private final Path output;
    private final String words;

    private Command(Process process, Path output, String words) {
        this.process = process;
        this.output = output;
        this.words = words;
    }

    /** Starts {@code ./paddock <words>}; what is built is what this build has built. */
    static Command paddock(Path logs, String... words) {
        return start(logs, "./paddock", words);
    }

    static Command start(Path logs, String program, String... words) {
        List<String> argv = new ArrayList<>(List.of(program));
        argv.addAll(List.of(words));
        try {
            Path output = Files.createTempFile(logs, "command", ".log");
            ProcessBuilder builder = new ProcessBuilder(argv)
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            // Maven is at it already: a second build inside this one would write into the same folders.
            builder.environment().put("PADDOCK_NO_BUILD", "1");
            return new Command(builder.start(), output, String.join(" ", argv));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it prints until it ends, and it must end well. */
    static String outputOf(Path logs, Duration longest, String program, String... words) {
        try (Command command = start(logs, program, words)) {
            int code = command.end(longest);
            if (code != 0) {
                throw new AssertionError(command.words + " ended with " + code + ": " + command.output());
            }
            return command.output();
        }
    }

    /** What it has printed so far. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the end, and answers the exit code. */
    int end(Duration longest) {
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(words + " did not end within " + longest + "\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        if (!process.isAlive()) {
            return;
        }
        terminate();
        end(Duration.ofSeconds(60));
    }
}
