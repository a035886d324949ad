package dev.paddock.local.server;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child process from its start to its end: output in a log file, pid recorded in {@link ProcessRecords} while it
 * runs, SIGTERM and then SIGKILL to end it.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);
    private static final int TAIL_BYTES = 16 * 1024;

    /**
     * What to run.
     *
     * @param name a file name's part: {@code redis}, {@code game-manager}
     * @param log gets standard output and error; what a former process wrote is kept once, as {@code <log>.1}
     * @param input becomes standard input, null: nothing
     */
    public record Command(
            String name,
            List<String> argv,
            Path directory,
            Path log,
            @Nullable Path input) {
        public Command {
            argv = List.copyOf(argv);
        }
    }

    private final Command command;
    private final Process process;
    private final ProcessRecords records;

    private ChildProcess(Command command, Process process, ProcessRecords records) {
        this.command = command;
        this.process = process;
        this.records = records;
    }

    /** @throws StartFailedException if the program cannot be run, or its log cannot be written */
    public static ChildProcess start(Command command, ProcessRecords records) {
        try {
            keepFormerLog(command.log());
            ProcessBuilder builder = new ProcessBuilder(inOwnSession(command.argv()))
                    .directory(command.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(command.log().toFile());
            Path input = command.input();
            builder.redirectInput(input == null ? Path.of("/dev/null").toFile() : input.toFile());
            Process process = builder.start();
            ChildProcess child = new ChildProcess(command, process, records);
            child.recordOrKill();
            LOG.debug("started name={} pid={}", command.name(), process.pid());
            return child;
        } catch (IOException e) {
            throw new StartFailedException("Cannot start %s: %s.".formatted(command.name(), PrivateFiles.reason(e)), e);
        }
    }

    /** Ctrl-C reaches a terminal's whole process group; what we stop in order must not stop by itself. */
    private static List<String> inOwnSession(List<String> argv) {
        return Programs.find("setsid")
                .map(setsid -> {
                    List<String> all = new ArrayList<>(List.of(setsid.toString()));
                    all.addAll(argv);
                    return all;
                })
                .orElse(new ArrayList<>(argv));
    }

    private static void keepFormerLog(Path log) throws IOException {
        PrivateFiles.folder(log.resolveSibling(".").normalize());
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void recordOrKill() {
        try {
            records.record(process.toHandle(), name());
        } catch (StartFailedException e) {
            // A process that nobody could find again must not run.
            process.destroyForcibly();
            throw e;
        }
    }

    public String name() {
        return command.name();
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return command.log();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it ended within the time. Also the way to wait a moment without missing its end. */
    public boolean endedWithin(Duration bound) {
        try {
            return process.waitFor(bound.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailedException("Interrupted while waiting for " + name() + ".", e);
        }
    }

    /** The exit code of a process that ended; 128 + n when signal n ended it. */
    public int exitCode() {
        return process.exitValue();
    }

    /** Has {@code action} run on its own thread when the process ends, whoever ended it. */
    public void onExit(Consumer<ChildProcess> action) {
        Thread.ofVirtual().name("exit-of-" + name()).start(() -> {
            process.onExit().join();
            action.accept(this);
        });
    }

    /** The end of its log, for a message about why it died. */
    public List<String> lastLines(int count) {
        try (RandomAccessFile file = new RandomAccessFile(command.log().toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES);
            byte[] tail = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(tail);
            List<String> lines =
                    new String(tail, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            return List.of("(" + command.log() + " cannot be read: " + PrivateFiles.reason(e) + ")");
        }
    }

    /** A sentence about its unexpected end, with the end of its log and where the rest is. */
    public StartFailedException died() {
        return failed("%s ended with exit code %d".formatted(name(), exitCode()));
    }

    /** A sentence about something that went wrong with it, with the end of its log and where the rest is. */
    public StartFailedException failed(String what) {
        return new StartFailedException("%s. The end of its log, %s:%n    %s"
                .formatted(what, command.log(), String.join("\n    ", lastLines(12))));
    }

    /** SIGTERM, and SIGKILL if it still runs after the grace. Returns when it is gone. */
    public void stop(Duration grace) {
        process.destroy();
        if (!endedWithin(grace)) {
            LOG.warn("killing what did not end name={} pid={} graceMs={}", name(), pid(), grace.toMillis());
            kill();
        }
        records.forget(process.toHandle(), name());
    }

    /** SIGKILL at once, as in a test that wants to see what happens then. */
    public void kill() {
        process.destroyForcibly();
        if (!endedWithin(AFTER_KILL)) {
            throw new IllegalStateException(name() + " survived SIGKILL, pid " + pid());
        }
        records.forget(process.toHandle(), name());
    }

    @Override
    public void close() {
        stop(GRACE);
    }
}
