package dev.paddock.local.up;

import dev.paddock.local.server.Folders;
import dev.paddock.local.server.PrivateFiles;
import dev.paddock.local.server.ProcessRecords;
import dev.paddock.local.server.ServerHome;
import dev.paddock.local.server.StartFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder that holds everything one platform keeps, closed to other users, and locked while a platform runs on it:
 *
 * <table>
 * <caption>What is where</caption>
 * <tr><td>{@code paddock.lock}</td><td>locked while in use; holds the pid and the address of who has it</td></tr>
 * <tr><td>{@code redis, nats, mariadb, director}</td><td>what these parts store</td></tr>
 * <tr><td>{@code secrets}</td><td>passwords and keys, made at the first start</td></tr>
 * <tr><td>{@code run}</td><td>the services' configuration, and what they run from: nothing that
 * {@code --fresh} must delete</td></tr>
 * <tr><td>{@code logs}</td><td>one file for each process, and the one before</td></tr>
 * <tr><td>{@code pids, director/pids}</td><td>one file for each running process</td></tr>
 * </table>
 */
final class DataFolder implements AutoCloseable {
    private static final String LOCK = "paddock.lock";
    private static final List<String> STORED =
            List.of("redis", "nats", "mariadb", "director", "secrets", "logs", "pids");
    private static final Duration LEFTOVERS_GRACE = Duration.ofSeconds(8);
    private static final long MIB = 1024 * 1024;

    /** A new database takes 80 MiB, and matches leave logs and rows. */
    private static final long LEAST_FREE = 256 * MIB;

    private static final long NEARLY_NOTHING = 8 * MIB;

    private final Path root;
    private final FileChannel channel;

    private DataFolder(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /** @throws StartFailedException if it is in use, is no such folder, or the disk is full */
    static DataFolder open(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        refuseOthersFolder(root);
        PrivateFiles.folder(root);
        DataFolder data = new DataFolder(root, lock(root.resolve(LOCK)));
        try {
            data.refuseFullDisk();
            return data;
        } catch (StartFailedException e) {
            data.close();
            throw e;
        }
    }

    /** Someone's home folder, given by mistake, must not be filled, closed, or emptied by --fresh. */
    private static void refuseOthersFolder(Path root) {
        if (!Files.exists(root) || Files.exists(root.resolve(LOCK))) {
            return;
        }
        try (Stream<Path> inside = Files.list(root)) {
            // A file system of its own has this from the start.
            if (inside.anyMatch(file -> !file.endsWith("lost+found"))) {
                throw new StartFailedException(
                        root + " holds other things than Paddock's data: name a new or an empty folder with --data.");
            }
        } catch (IOException e) {
            throw new StartFailedException(
                    "Cannot use %s as data folder: %s.".formatted(root, PrivateFiles.reason(e)), e);
        }
    }

    private static FileChannel lock(Path file) {
        try {
            FileChannel channel = FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
            if (!isLocked(channel)) {
                channel.close();
                String holder = Files.readString(file).strip();
                throw new StartFailedException(
                        "Paddock already runs on the data folder %s (%s): stop it first, or name another folder with --data and another port with --port."
                                .formatted(file.getParent(), holder.isEmpty() ? "just starting" : holder));
            }
            return channel;
        } catch (IOException e) {
            throw new StartFailedException("Cannot write %s: %s.".formatted(file, PrivateFiles.reason(e)), e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Held by this JVM already, in a test.
            return false;
        }
    }

    /** Tells the next one who comes who is here. */
    void sayWhoRunsHere(String url) {
        String text = "pid %d, %s%n".formatted(ProcessHandle.current().pid(), url);
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
        } catch (IOException e) {
            throw new StartFailedException(
                    "Cannot write %s: %s.".formatted(root.resolve(LOCK), PrivateFiles.reason(e)), e);
        }
    }

    private void refuseFullDisk() {
        long free = usableSpace();
        if (free < LEAST_FREE) {
            throw new StartFailedException(
                    "The disk is full: %s has %d MiB left, and Paddock needs %d MiB. Free some, or name a folder on another disk with --data."
                            .formatted(root, free / MIB, LEAST_FREE / MIB));
        }
    }

    /** Whether what just failed may have failed for want of space. */
    boolean isFull() {
        return usableSpace() < NEARLY_NOTHING;
    }

    private long usableSpace() {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            throw new StartFailedException(
                    "Cannot ask for the space left in %s: %s.".formatted(root, PrivateFiles.reason(e)), e);
        }
    }

    /** Ends what a launcher that was killed left running; returns the names. */
    List<String> endLeftovers() {
        List<String> ended = new ArrayList<>();
        // The director first, so that it starts no new game server while they are ended.
        ended.addAll(records().endLeftovers(LEFTOVERS_GRACE));
        ended.addAll(new ProcessRecords(director().resolve("pids")).endLeftovers(LEFTOVERS_GRACE));
        return ended;
    }

    /** Deletes all that Paddock stored here, and nothing else. */
    void empty() {
        try {
            for (String name : STORED) {
                Folders.delete(root.resolve(name));
            }
        } catch (IOException e) {
            throw new StartFailedException("Cannot empty %s: %s.".formatted(root, PrivateFiles.reason(e)), e);
        }
    }

    Path root() {
        return root;
    }

    Path secrets() {
        return PrivateFiles.folder(root.resolve("secrets"));
    }

    Path run() {
        return PrivateFiles.folder(root.resolve("run"));
    }

    Path director() {
        return root.resolve("director");
    }

    Path log(Part part) {
        return log(part.label());
    }

    Path log(String name) {
        return root.resolve("logs").resolve(name + ".log");
    }

    ProcessRecords records() {
        return new ProcessRecords(root.resolve("pids"));
    }

    ServerHome home(Part part, Screen screen) {
        Path files = root.resolve(part.label()).resolve("files");
        return new ServerHome(files, log(part), records(), what -> screen.progress(part, what));
    }

    @Override
    public void close() {
        try {
            channel.truncate(0);
            channel.close();
        } catch (IOException e) {
            throw new StartFailedException(
                    "Cannot release %s: %s.".formatted(root.resolve(LOCK), PrivateFiles.reason(e)), e);
        }
    }
}
