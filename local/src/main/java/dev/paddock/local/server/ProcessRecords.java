package dev.paddock.local.server;

import dev.paddock.protocol.Json;
import dev.paddock.protocol.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder with one JSON file for each running child process, {@code <name>-<pid>.json}:
 * {@code {"pid": 4711, "startedAt": <ms since 1970>, "name": "redis"}}. When the parent was killed, the next one ends
 * what is written there. The director writes its game servers the same way into {@code <state-dir>/pids}.
 */
public final class ProcessRecords {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessRecords.class);

    /** The JDK computes start times from the boot time, which moves by up to a second between two JVMs. */
    private static final Duration SAME_START = Duration.ofSeconds(2);

    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    private final Path folder;

    /** @param folder made when the first process is recorded */
    public ProcessRecords(Path folder) {
        this.folder = folder;
    }

    /** One running process, as it is written. */
    public record RunningProcess(long pid, long startedAt, String name) {
        static RunningProcess of(ProcessHandle process, String name) {
            long startedAt =
                    process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
            return new RunningProcess(process.pid(), startedAt, name);
        }

        /** The process, if it still is this one: a pid is given to another process sooner or later. */
        Optional<ProcessHandle> alive() {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::startedThen);
        }

        private boolean startedThen(ProcessHandle process) {
            return process.info()
                    .startInstant()
                    .map(start -> Math.abs(start.toEpochMilli() - startedAt) < SAME_START.toMillis())
                    .orElse(false);
        }
    }

    void record(ProcessHandle process, String name) {
        PrivateFiles.folder(folder);
        PrivateFiles.write(file(process, name), Json.text(RunningProcess.of(process, name)));
    }

    void forget(ProcessHandle process, String name) {
        delete(file(process, name));
    }

    /**
     * Ends every recorded process that still runs: SIGTERM to all, SIGKILL to those that are left after {@code grace}.
     *
     * @return the names of those that ran
     */
    public List<String> endLeftovers(Duration grace) {
        Map<Path, RunningProcess> recorded = read();
        List<String> ended = new ArrayList<>();
        List<ProcessHandle> running = new ArrayList<>();
        for (RunningProcess process : recorded.values()) {
            process.alive().ifPresent(handle -> {
                LOG.info("ending a process that was left behind name={} pid={}", process.name(), process.pid());
                handle.destroy();
                running.add(handle);
                ended.add(process.name());
            });
        }
        Instant deadline = Instant.now().plus(grace);
        for (ProcessHandle process : running) {
            if (!awaitExit(process, Duration.between(Instant.now(), deadline))) {
                process.destroyForcibly();
                awaitExit(process, AFTER_KILL);
            }
        }
        recorded.keySet().forEach(ProcessRecords::delete);
        return ended;
    }

    private Map<Path, RunningProcess> read() {
        if (!Files.isDirectory(folder)) {
            return Map.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .flatMap(file -> parse(file).map(process -> Map.entry(file, process)).stream())
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private static Optional<RunningProcess> parse(Path file) {
        try {
            return Optional.of(Json.read(Files.readString(file), RunningProcess.class));
        } catch (IOException | MalformedException e) {
            LOG.warn("not a record of a process file={} reason={}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean awaitExit(ProcessHandle process, Duration bound) {
        try {
            process.onExit().get(Math.max(1, bound.toMillis()), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Path file(ProcessHandle process, String name) {
        return folder.resolve(name + "-" + process.pid() + ".json");
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }
}
